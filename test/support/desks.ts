import { linksIn } from '../../scripts/crawl/links'
import type { BriefingFile } from '../../src/briefings/briefing'
import { findSourceBySlug } from '../../src/briefings/store'
import { addPerson } from '../../src/members/administer'
import type { RoleName } from '../../src/members/person'
import { findTranslation } from '../../src/translations/store'
import type { LocaleFile } from '../../src/translations/translation'
import { aBriefing, aTranslation } from './briefings'
import { inLocales } from './newsroom'
import { openToPrograms, type Programs } from './programs'
import { readersRowsOf } from './readers-rows'

const locales = ['en', 'es', 'pl', 'fr', 'ar']

const lighthouse = aBriefing({
  id: 'lighthouse',
  slug: 'lighthouse-dark',
  formerSlugs: ['lighthouse-out'],
  title: 'The lighthouse is dark',
})
const ferry = aBriefing({ id: 'ferry', slug: 'ferry-gone', formerSlugs: ['ferry-sunk'], title: 'The ferry is gone' })
const quiet = aBriefing({ id: 'quiet', slug: 'quiet', state: 'draft', title: 'A quiet draft' })

/** What stands before anybody acts: a briefing in each state, with a translation in each. */
const loaded = [
  { briefing: aBriefing(), translations: [aTranslation(aBriefing(), 'fr', { state: 'draft', segments: { title: '' } })] },
  {
    briefing: lighthouse,
    translations: [
      aTranslation(lighthouse, 'es', { state: 'withdrawn' }),
      aTranslation(lighthouse, 'pl'),
      aTranslation(lighthouse, 'fr', { state: 'in-review' }),
    ],
  },
  { briefing: ferry, translations: [aTranslation(ferry, 'es'), aTranslation(ferry, 'fr', { state: 'draft' })] },
  {
    briefing: quiet,
    translations: [aTranslation(quiet, 'es', { state: 'in-review' }), aTranslation(quiet, 'fr', { state: 'draft' })],
  },
]

/** A newsroom at which people and programs work that may not publish. */
export async function openDesks(settings: Readonly<Record<string, string>> = {}) {
  const programs = await openToPrograms({ kit: inLocales(...locales), settings })
  const { site, database } = programs
  await programs.load(...loaded)
  await programs.takeBack('ferry-gone', 'A source was wrong.')
  const joins = async (name: RoleName) => {
    const roles = [{ name, locale: 'all' as const }]
    const person = await addPerson(site, { address: `${name}@example.org`, locale: 'en', tier: 'circle', roles }, 'a test')
    if (!person) throw new Error(`There is a ${name}.`)
    return person
  }
  const grant = { locales: 'all', mayWrite: true, mayEdit: true, seesGated: true } as const
  const { secret: token } = await programs.issue(grant)
  /** Whether it was done. A program is refused, and never fails. */
  const asks = async (path: string, init: RequestInit): Promise<boolean> => {
    const { status } = await programs.call(path, { ...init, token })
    if (status >= 500) throw new Error(`${path}: ${status}`)
    return status < 400
  }
  const sourceOf = async (slug: string) => {
    const answer = await programs.call(`/api/v1/sources/${slug}`, { token })
    const { briefing } = (await answer.json()) as { readonly briefing: BriefingFile }
    return { briefing, etag: answer.headers.get('ETag') ?? '' }
  }
  const loads = async (briefing: BriefingFile, translations: readonly LocaleFile[]) => {
    const [receipt] = await programs.load({ briefing, translations })
    return receipt?.outcome !== 'unchanged'
  }

  return {
    ...programs,
    translator: await joins('translator'),
    reviewer: await joins('reviewer'),
    /** The number of the newest revision of the English, or of a translation. */
    revisionOf: async (slug: string, locale?: string) => {
      const source = await findSourceBySlug(database, slug)
      if (locale === undefined) return source?.revision ?? 1
      return (source && (await findTranslation(database, source.id, locale))?.revision) ?? 0
    },
    sourceOf,
    loads,
    /** Loads again what was loaded first, but for what was taken back in between. */
    loadsAgain: async () => {
      for (const { briefing, translations } of loaded) {
        const { briefing: present } = await sourceOf(briefing.slug)
        if (present.revisions.length === briefing.revisions.length) await loads(briefing, translations)
      }
      return true
    },
    putTranslation: async (file: LocaleFile, slug: string, query: string) => {
      const path = `/api/v1/translations/${file.locale}/${slug}`
      const etag = (await programs.call(path, { token })).headers.get('ETag') ?? ''
      return await asks(path + query, { method: 'PUT', body: JSON.stringify(file), headers: { 'If-Match': etag } })
    },
    putSource: async (briefing: BriefingFile, translations: readonly LocaleFile[], etag: string, query: string) =>
      await asks(`/api/v1/sources/${briefing.slug}${query}`, {
        method: 'PUT',
        body: JSON.stringify({ briefing, translations }),
        headers: { 'If-Match': etag },
      }),
    sends: async (slug: string, body: string, query: string) =>
      await asks(`/api/v1/packs?file=${slug}.json${query}`, { method: 'POST', body }),
    asksToPublish: async (slug: string, locale: string, why: string) => {
      const acts = [
        await asks(`/api/v1/publish/${slug}`, { method: 'POST', body: JSON.stringify({ locales: ['en', locale] }) }),
        await asks(`/api/v1/withdraw/${locale}/${slug}`, { method: 'POST', body: '{}' }),
        await asks(`/api/v1/take-back/${slug}`, { method: 'POST', body: JSON.stringify({ why }) }),
      ]
      return acts.some(Boolean)
    },
    reads: async (slug: string, locale: string) => await asks(`/api/v1/packs/${locale}/${slug}`, {}),
    readersRows: () => readersRowsOf(programs),
    everyAnswer: () => everyAnswerOf(programs),
  }
}

export type Desks = Awaited<ReturnType<typeof openDesks>>

const pages = [
  ...['', 'confidence', 'translations', 'newsletter', 'feed.xml', 'feed.json', 'feed.xml?include=fallback'],
  ...['feed.json?include=fallback', 'search?q=Unpublished', 'search?q=harbour', 'search.json?q=unpublished'],
]
const forms = ['', '.json', '.md', '/bilingual', '/changes', '/share', '/embed']
const briefings = [
  ...['harbour-closes', 'harbour-closes-moved', 'lighthouse-dark', 'lighthouse-out', 'ferry-gone', 'ferry-sunk', 'quiet'],
  'quiet-moved',
].flatMap((slug) => forms.map((form) => `briefings/${slug}${form}`))

/** From where readers set out; whatever these lead to is asked as well. */
const seeds = [
  ...[
    '/',
    '/robots.txt',
    '/llms.txt',
    '/sitemap.xml',
    '/sitemap-site.xml',
    '/news-sitemap.xml',
    '/api/v1/locales',
    '/api/v1/briefings',
  ],
  ...locales.flatMap((locale) => [...pages, ...briefings].map((path) => `/${locale}/${path}`)),
  ...['harbour-closes', 'lighthouse-dark', 'ferry-gone', 'quiet'].flatMap((slug) => [
    `/briefings/${slug}`,
    `/api/v1/briefings/${slug}/editions`,
    ...locales.map((locale) => `/api/v1/briefings/${slug}?locale=${locale}`),
  ]),
  ...locales.flatMap((locale) => [
    `/sitemap-${locale}-0.xml`,
    `/api/v1/briefings?locale=${locale}`,
    `/api/v1/search?q=Unpublished&locale=${locale}`,
    `/api/v1/search?q=harbour&locale=${locale}`,
  ]),
]

/**
 * What a reader is answered at every address that the site leads to: status, fields and bytes.
 */
async function everyAnswerOf({ get, origin }: Programs): Promise<ReadonlyMap<string, string>> {
  const answers = new Map<string, string>()
  const waiting = new Set(seeds)
  for (const path of waiting) {
    const answer = await get(path, { 'Accept-Language': 'en' })
    const headers = Object.fromEntries(
      ['content-type', 'location', 'last-modified', 'link', 'etag'].map((name) => [name, answer.headers.get(name) ?? '']),
    )
    const isText = /text|json|xml|javascript/.test(headers['content-type'] ?? '')
    const text = isText ? await answer.text() : String((await answer.arrayBuffer()).byteLength)
    answers.set(path, JSON.stringify([answer.status, headers, text]))
    for (const each of linksIn(origin, path, { headers, text })) if (!each.startsWith('/assets/')) waiting.add(each)
  }
  return answers
}
