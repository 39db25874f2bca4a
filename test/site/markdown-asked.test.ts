import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { wantsMarkdown } from '../../src/delivery/policy'
import { aBriefing, aTranslation } from '../support/briefings'
import { signedIn } from '../support/members'
import { type Newsroom, openNewsroom } from '../support/newsroom'

const path = '/es/briefings/harbour-closes'
let newsroom: Newsroom

beforeAll(async () => {
  newsroom = await openNewsroom()
  const briefing = aBriefing({ formerSlugs: ['harbour-old'] })
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
})

describe('the address of a briefing', () => {
  test.each([
    'text/markdown',
    'text/markdown, text/plain;q=0.5, */*;q=0.1',
    'Text/Markdown;q=0.9',
    'text/markdown, text/html;q=0',
    'text/markdown, text/html, */*',
    'text/markdown;q=1.0, text/x-markdown;q=0.9, text/plain;q=0.8, text/html;q=0.7, */*;q=0.1',
    'text/html;q=0,8, text/markdown;q=0,9',
    'text/html;q=.5, text/markdown',
    'text/markdown;variant=GFM, */*',
    '*/*, text/markdown',
  ])('asked with %s answers its Markdown, for no cache to keep', async (accept) => {
    const response = await newsroom.get(path, { Accept: accept })
    expect(response.headers.get('Content-Type')).toBe('text/markdown; charset=utf-8')
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    expect(response.headers.get('Vary')).toBe('Accept, Cookie')
    expect(response.headers.get('Content-Language')).toBe('es')
    expect(await response.text()).toBe(await newsroom.text(`${path}.md`))
  })

  test.each([
    'text/html',
    'text/html, text/markdown',
    'text/html, application/xhtml+xml, */*;q=0.8, text/markdown;q=0.9',
    'text/markdown;q=0.5, text/html',
    'text/markdown;q=0.5, */*',
    'text/markdown;q=0.8, text/*;q=0.9',
    '*/*',
    'text/*',
    '',
    'text/markdown;q=0',
    'text/markdown;q=0.0, */*',
    'x/text/markdown',
  ])('asked with “%s” answers the page, and tells caches that it could have been another form', async (accept) => {
    const response = await newsroom.get(path, { Accept: accept })
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('Vary')).toBe('Accept, Cookie')
  })

  test('gives members their Markdown, and nobody else a word of it', async () => {
    const { cookie } = await signedIn(newsroom, 'ania@example.com')
    expect(await newsroom.text(path, { Accept: 'text/markdown', Cookie: cookie })).toContain('canary-circle')
    expect(await newsroom.text(path, { Accept: 'text/markdown' })).not.toContain('canary')
  })

  test('that moved leads on, and where nothing is says so, whatever form is asked for', async () => {
    const asked = { Accept: 'text/markdown' }
    expect((await newsroom.get('/es/briefings/harbour-old', asked)).headers.get('Location')).toBe(path)
    expect((await newsroom.get('/es/briefings/nothing', asked)).status).toBe(404)
  })

  test('takes any Accept whatever', () => {
    fc.assert(
      fc.property(fc.string(), (accept) => {
        expect(wantsMarkdown(`text/html, ${accept.replaceAll(/[,;]/g, '')}, text/markdown`)).toBe(false)
      }),
    )
    expect(wantsMarkdown(undefined)).toBe(false)
    expect(wantsMarkdown(null)).toBe(false)
  })
})

describe('what a program prefers to a page, the higher weight or of equals the one named first', () => {
  test.each([
    ['application/json', 'application/json; charset=utf-8'],
    ['application/json, text/html', 'application/json; charset=utf-8'],
    ['application/json, text/html;q=0,9', 'application/json; charset=utf-8'],
    ['text/html, application/json', 'text/html; charset=utf-8'],
    ['text/html, application/json;q=0.9', 'text/html; charset=utf-8'],
    ['*/*', 'text/html; charset=utf-8'],
  ])('a search asked with “%s” is answered as %s', async (accept, type) => {
    expect((await newsroom.get('/en/search?q=harbour', { Accept: accept })).headers.get('Content-Type')).toBe(type)
  })

  test.each([
    ['text/html', 'text/html; charset=utf-8'],
    ['text/html, application/xhtml+xml, */*;q=0.8', 'text/html; charset=utf-8'],
    ['text/markdown, text/html;q=0.7, */*;q=0.1', 'text/html; charset=utf-8'],
    ['application/problem+json, text/html;q=0.5', 'application/problem+json'],
    ['application/json, text/html', 'application/problem+json'],
    ['text/html;q=0, */*', 'application/problem+json'],
    ['*/*', 'application/problem+json'],
  ])('a refusal asked with “%s” is answered as %s', async (accept, type) => {
    expect((await newsroom.get('/en/nothing', { Accept: accept })).headers.get('Content-Type')).toBe(type)
  })
})
