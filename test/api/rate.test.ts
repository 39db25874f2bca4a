import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { runtime } from '#runtime'
import { limits } from '../../src/delivery/limits'
import { openToPrograms, type Programs } from '../support/programs'

/** How often a program with a token may ask in these tests: on Node as often as it says, on Workers not that often. */
const byToken = runtime === 'node' ? limits['api-token'] : 40

let programs: Programs

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] }) // However long it takes to ask so often, it is one minute.
  programs = await openToPrograms({ limitsPrograms: { 'api-token': byToken } })
})
afterEach(() => {
  vi.useRealTimers()
})

async function ask(times: number, path: string, token?: string): Promise<readonly Response[]> {
  const responses: Response[] = []
  for (let time = 0; time < times; time++) responses.push(await programs.call(path, { token }))
  return responses
}

const statuses = (responses: readonly Response[]) => [...new Set(responses.map(({ status }) => status))]

describe('how often a program may ask in a minute', () => {
  test('is said with every answer that is no refusal, and how often still', async () => {
    const [first, second] = await ask(2, '/api/v1/locales')
    expect(first?.headers.get('RateLimit-Policy')).toBe(`"api";q=${limits.api};w=60`)
    expect(first?.headers.get('RateLimit')).toMatch(new RegExp(`^"api";r=${limits.api - 1};t=\\d+$`))
    expect(second?.headers.get('RateLimit')).toMatch(new RegExp(`^"api";r=${limits.api - 2};t=\\d+$`))
  })

  test('ends in a refusal that says when to come again; who has a token of their own is not held up by it', async () => {
    const allowed = await ask(limits.api, '/api/v1/locales')
    expect(statuses(allowed)).toEqual([200])
    const [refused] = await ask(1, '/api/v1/locales')
    expect(refused?.status).toBe(429)
    expect(Number(refused?.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect(refused?.headers.get('Content-Type')).toBe('application/problem+json')
    expect(await refused?.json()).toMatchObject({ code: 'too_many' })
    const { secret } = await programs.issue()
    expect(statuses(await ask(3, '/api/v1/locales', secret))).toEqual([200])
  })

  test('counts who tries tokens that are worth nothing', async () => {
    const guesses = await ask(limits.api + 1, '/api/v1/status', `vern_${'A'.repeat(43)}`)
    expect(guesses.at(0)?.status).toBe(401)
    expect(guesses.at(-1)?.status).toBe(429)
  })

  test('counts each token by itself', async () => {
    const one = (await programs.issue()).secret
    const other = (await programs.issue()).secret
    const asked = await ask(byToken + 1, '/api/v1/locales', one)
    expect(asked.at(-1)?.status).toBe(429)
    expect(statuses(await ask(1, '/api/v1/locales', other))).toEqual([200])
  })
})
