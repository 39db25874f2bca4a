import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { compare, compareRuntimes } from '../../scripts/crawl/compare'
import type { Crawl, Entry } from '../../scripts/crawl/kept'
import { linksIn } from '../../scripts/crawl/links'
import { reportOf } from '../../scripts/crawl/telling'

interface Answered extends Partial<Omit<Entry, 'body' | 'bytes'>> {
  readonly text?: string
}

const page = (style = '0123456789', word = 'Read') =>
  `<!doctype html><link rel="stylesheet" href="/assets/style.${style}.css"><h1>${word} on</h1>`

/** A crawl of these answers; what is not said of one is as a page is. */
function crawlOf(...answers: readonly Answered[]): Crawl {
  const bodies = new Map<string, Buffer>()
  const entries = answers.map(({ text = page(), headers = {}, ...entry }): Entry => {
    const bytes = Buffer.from(text)
    const body = createHash('sha256').update(bytes).digest('hex')
    bodies.set(body, bytes)
    const fields = { 'content-type': 'text/html; charset=utf-8', 'content-length': String(bytes.length), ...headers }
    return { runtime: 'node', tier: 'public', address: '/en/', status: 200, headers: fields, body, bytes: bytes.length, ...entry }
  })
  return { entries, bodyOf: (hash) => bodies.get(hash) ?? Buffer.of() }
}

const found = (one: Answered | undefined, other: Answered | undefined) =>
  compare(crawlOf(...(one ? [one] : [])), crawlOf(...(other ? [other] : []))).map(({ kind, detail }) => [kind, detail])

describe('two crawls', () => {
  test('are the same where only style sheets have other addresses, tags name another program, and the day is another', () => {
    const tags = (tag: string, date: string, style: string) => ({
      headers: { etag: `W/"1-${tag}"`, date, link: `</assets/style.${style}.css>; rel=preload` },
      text: page(style),
    })
    expect(found(tags('aa', 'Mon', '0123456789'), tags('bb', 'Tue', 'abcdefabcd'))).toEqual([])
    const challenge = (secret: string) => ({
      headers: { 'content-type': 'application/json' },
      text: `{"challenge":"${secret.repeat(43)}"}`,
    })
    expect(found(challenge('A'), challenge('b'))).toEqual([])
  })

  test.each<[string, Answered | undefined, Answered | undefined, string[][]]>([
    ['an address that is gone', {}, undefined, [['missing', 'was 200']]],
    ['an address that is new', undefined, { status: 404 }, [['new', 'is 404']]],
    ['another status', { status: 301 }, { status: 302 }, [['status', '301 → 302']]],
    [
      'a header that changed',
      { headers: { vary: 'Accept' } },
      { headers: { vary: 'Cookie' } },
      [['headers', 'vary: Accept → Cookie']],
    ],
    ['a header that is gone', { headers: { vary: 'Accept' } }, {}, [['headers', 'vary: Accept → none']]],
    ['a tag that is gone', { headers: { etag: '"1"' } }, {}, [['headers', 'etag: there → none']]],
    [
      'a length that is not the body’s',
      {},
      { headers: { 'content-length': '7' } },
      [['headers', expect.stringContaining('→ 7')]],
    ],
    ['a word', {}, { text: page(undefined, 'Reed') }, [['body', expect.stringMatching(/^at \d+: .*Read on.* → .*Reed on/)]]],
    [
      'the address of a picture',
      { text: '/assets/a.0123456789.svg' },
      { text: '/assets/a.abcdefabcd.svg' },
      [['body', expect.anything()]],
    ],
    [
      'bytes that are no text',
      { headers: { 'content-type': 'image/png' } },
      { headers: { 'content-type': 'image/png' }, text: '' },
      [['body', expect.anything()]],
    ],
  ])('differ by %s', (_, one, other, differences) => {
    expect(found(one, other)).toEqual(differences)
  })

  test('differ by what a style sheet holds, whatever its address', () => {
    const sheet = (hash: string, text: string) => ({
      address: `/assets/style.${hash}.css`,
      headers: { 'content-type': 'text/css' },
      text,
    })
    for (const hash of ['abcdefabcd', 'B5QJXL7Z']) expect(found(sheet('0123456789', 'a{}'), sheet(hash, 'a{}'))).toEqual([])
    expect(found(sheet('0123456789', 'a{}'), sheet('abcdefabcd', 'b{}')).map(([kind]) => kind)).toEqual(['body'])
  })

  test('keep apart who asked and who answered', () => {
    const one = crawlOf({}, { tier: 'circle', text: 'x' }, { runtime: 'worker', text: 'y' })
    expect(compare(one, crawlOf({ tier: 'circle', text: 'x' }, { runtime: 'worker', text: 'y' }, {}))).toEqual([])
    expect(compare(one, crawlOf({}, { tier: 'circle', text: 'y' }, { runtime: 'worker', text: 'y' }))).toHaveLength(1)
  })
})

describe('the two doors of a crawl', () => {
  const answered = (headers: Record<string, string>, text?: string) =>
    compareRuntimes(crawlOf({}, { runtime: 'worker', headers, ...(text === undefined ? {} : { text }) })).map(({ kind }) => kind)

  test('may cut their messages as they like, and differ in nothing else', () => {
    expect(answered({ 'transfer-encoding': 'chunked', 'content-length': '1' })).toEqual([])
    expect(answered({ vary: 'Accept' })).toEqual(['headers'])
    expect(answered({}, 'other')).toEqual(['body'])
  })
})

describe('a report', () => {
  test('says by kind what differs, and where', () => {
    const differences = compare(crawlOf({ address: '/en/a' }, {}), crawlOf({ status: 500 }))
    expect(reportOf('Differences', differences)).toBe(
      'Differences: 2.\n1 missing\n  node public /en/a\n    was 200\n1 status\n  node public /en/\n    200 → 500\n',
    )
    expect(reportOf('Differences', [])).toBe('Differences: none.\n')
  })
})

describe('what an answer leads to', () => {
  const origin = 'https://briefings.example'
  const links = (text: string, headers: Record<string, string> = { 'content-type': 'text/html' }) =>
    linksIn(origin, '/en/a', { headers, text })

  test('is what it links to, loads and offers to choose, within the site', () => {
    expect(links('<a href="/en/b?x=1&amp;y=2#c"><img src="d.svg"> <a href="https://elsewhere.example/e">')).toEqual([
      '/en/b?x=1&y=2',
      '/en/d.svg',
    ])
    expect(links(`see &lt;iframe src=&quot;${origin}/en/embed&quot;&gt; and ${origin}/{locale}/`)).toEqual(['/en/embed'])
    const form = '<form action="/en/"><select name="a"><option value="">-<option value="b">B</select></form>'
    expect(links(form)).toEqual(['/en/?a=b'])
    expect(links(form.replace('<form', '<form method="post"'))).toEqual([])
    expect(links('', { location: '/de/', link: `<${origin}/api/v1/x?after=1>; rel="next"` })).toEqual([
      '/de/',
      '/api/v1/x?after=1',
    ])
    expect(links('@font-face{src:url("/assets/f.woff2")}', { 'content-type': 'text/css' })).toEqual(['/assets/f.woff2'])
  })
})
