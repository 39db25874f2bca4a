import { ReadableStream } from 'node:stream/web'
import { expect, test } from 'vitest'
import { answered, isForNewsroom } from '../../src/doors/hand-over'
import { newSecret } from '../../src/secrets/secret'

const address = (path: string) => `https://briefings.example${path}`

test.each([
  ['a reader', 'GET', '/fr/', undefined, false],
  ['a reader behind a proxy that asks for a password', 'GET', '/fr/', `Basic ${btoa('reader:password')}`, false],
  ['a reader who chooses a language', 'POST', '/language', undefined, false],
  ['a reader who sends a form', 'POST', '/fr/sign-in', undefined, true],
  ['a program with a token', 'GET', '/api/v1/status', `Bearer ${newSecret()}`, true],
  ['a program without one', 'GET', '/api/v1/briefings', undefined, false],
  ['a program that takes something back', 'DELETE', '/api/v1/briefings/x', undefined, true],
])('the thread that answers %s is the right one', (_who, method, path, authorization, isTheNewsroom) => {
  const headers: Record<string, string> = authorization === undefined ? {} : { Authorization: authorization }
  expect(isForNewsroom(new Request(address(path), { method, headers }))).toBe(isTheNewsroom)
})

test('a body that broke off before anybody read it takes no answer away', async () => {
  const body = new ReadableStream<Uint8Array>({ start: (controller) => controller.error(new Error('aborted')) })
  const handed = { url: address('/nothing'), method: 'POST', headers: [], body, requestId: undefined, network: undefined }
  const answer = await answered(
    handed,
    () => new Response('There is nothing.', { status: 404 }),
    () => {},
  )
  expect([answer.status, new TextDecoder().decode(answer.body ?? undefined)]).toEqual([404, 'There is nothing.'])
})
