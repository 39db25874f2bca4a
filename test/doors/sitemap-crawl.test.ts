import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readContentFiles } from '../../src/doors/content-folder'
import { gatherKit } from '../../src/doors/kit'
import { publicLocales } from '../../src/language/locale'
import { readContent } from '../../src/newsroom/content-files'
import { root, startServer } from '../support/server'
import { type Answered, type Ask, allowedBy, crawlSitemaps } from '../support/sitemap-crawl'
import { startWorker } from '../support/worker'

const origin = 'https://briefings.example'
const { locales, settings } = gatherKit(root)
const closing: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const close of closing.splice(0)) await close()
})

const answered = async (response: Response): Promise<Answered> => ({
  status: response.status,
  location: response.headers.get('Location'),
  body: await response.text(),
})

const headersFor = (language?: string) => ({ Accept: 'text/html', ...(language ? { 'Accept-Language': language } : {}) })

const doors: Record<'Node' | 'Worker', () => Promise<Ask>> = {
  async Node() {
    const server = await startServer({ ORIGIN: origin })
    closing.push(() => server.remove())
    return async (path, language) =>
      await answered(await fetch(server.url + path, { redirect: 'manual', headers: headersFor(language) }))
  },
  async Worker() {
    const worker = await startWorker(origin)
    closing.push(worker.close)
    await worker.loadSamples()
    return async (path, language) => await answered(await worker.ask(path, { headers: headersFor(language) }))
  },
}

/** What the files of the samples say that there is: the pages of the site, and each briefing in the source and where it is approved. */
const content = readContent(readContentFiles(root), locales, settings)
if ('problems' in content) throw new Error('The samples cannot be loaded.')
const tags = publicLocales(locales)
const expected = [
  ...tags.flatMap((tag) => ['', 'confidence', 'translations'].map((page) => `${origin}/${tag}/${page}`)),
  ...content.flatMap(({ briefing, translations }) => {
    if (briefing.state !== 'published' || briefing.publishedAt > new Date().toISOString()) return []
    const approved = translations.filter(({ locale, state }) => state === 'approved' && tags.includes(locale))
    return [locales.source, ...approved.map(({ locale }) => locale)].map(
      (tag) => `${origin}/${tag}/${briefing.publication === 'page' ? '' : 'briefings/'}${briefing.slug}`,
    )
  }),
]

const crawl = (ask: Ask) => crawlSitemaps(ask, origin, locales.source)

describe.each(['Node', 'Worker'] as const)('a crawler of the sample site, on the %s door', (name) => {
  let ask: Ask
  beforeAll(async () => {
    ask = await doors[name]()
  })

  test('finds every address allowed, answering, its own canonical, named back by each alternate, and reached by x-default', async () => {
    const { addresses, faults } = await crawl(ask)
    expect(faults).toEqual([])
    expect(addresses.toSorted()).toEqual(expected.toSorted())
  })
})

const page = '/fr/briefings/uk-merger-case-microsoft-mistral'

/** A site in which one answer is not as it should be, and what a crawler must then say. */
const planted: readonly (readonly [what: string, path: RegExp, change: (answer: Answered) => Answered, said: string])[] = [
  [
    'a rule that begins like briefings',
    /^\/robots\.txt$/,
    (answer) => ({ ...answer, body: answer.body.replace('Disallow: /account', 'Disallow: /fr/b') }),
    `${page} is not allowed`,
  ],
  ['a page that is gone', new RegExp(`^${page}$`), (answer) => ({ ...answer, status: 404 }), `${page} answers 404`],
  [
    'a page with another canonical address',
    new RegExp(`^${page}$`),
    (answer) => ({
      ...answer,
      body: answer.body.replace(
        'rel="canonical" href="https://briefings.example/fr',
        'rel="canonical" href="https://briefings.example/en',
      ),
    }),
    `${page} has the canonical address`,
  ],
  [
    'a head that forgets a language',
    new RegExp(`^${page}$`),
    (answer) => ({ ...answer, body: answer.body.replace('hreflang="ja"', 'hreflang="ko"') }),
    `${page} has other alternates than its sitemap`,
  ],
  [
    'a sitemap that forgets a language',
    /^\/sitemap-fr-0\.xml$/,
    (answer) => ({ ...answer, body: answer.body.replaceAll('hreflang="ja"', 'hreflang="ko"') }),
    `${page} does not name`,
  ],
  [
    'a sitemap without an address',
    /^\/sitemap-fr-0\.xml$/,
    (answer) => ({ ...answer, body: answer.body.replaceAll(`<loc>${origin}${page}</loc>`, `<loc>${origin}${page}-2</loc>`) }),
    `${page}, which no sitemap has`,
  ],
  [
    'a page in another language than its address',
    new RegExp(`^${page}$`),
    (answer) => ({ ...answer, body: answer.body.replace('<html lang="fr"', '<html lang="en"') }),
    `${page} is not its own alternate for en`,
  ],
  [
    'a page that asks not to be listed',
    new RegExp(`^${page}$`),
    (answer) => ({ ...answer, body: answer.body.replace('<head>', '<head><meta name="robots" content="noindex">') }),
    `${page} asks not to be listed`,
  ],
  [
    'an entrance that sends everybody to one language',
    /^\/briefings\//,
    (answer) => ({ ...answer, location: '/en/' }),
    'leads fr to /en/',
  ],
]

describe('a crawler', () => {
  let ask: Ask
  beforeAll(async () => {
    const real = await doors.Node()
    const answers = new Map<string, Promise<Answered>>()
    ask = (path, language) => {
      const key = `${path} ${language}`
      const answer = answers.get(key) ?? real(path, language)
      answers.set(key, answer)
      return answer
    }
  })

  test.each(planted)('finds %s', async (_what, path, change, said) => {
    const { faults } = await crawl(async (asked, language) => {
      const answer = await ask(asked, language)
      return path.test(asked) ? change(answer) : answer
    })
    expect(faults.join('\n')).toContain(said)
  })

  test('reads robots.txt as RFC 9309 says: the longest rule decides, and of equal ones the one that allows', () => {
    const isAllowed = allowedBy(
      'User-agent: *\nDisallow: /fr\nAllow: /fr/b\nDisallow: /*.json$\nDisallow: /same\nAllow: /same\n\nSitemap: x\n',
    )
    expect(['/fr/a', '/fr/b', '/en', '/en/x.json', '/same'].map(isAllowed)).toEqual([false, true, true, false, true])
  })
})
