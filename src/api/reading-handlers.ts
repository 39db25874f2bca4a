import { kindOf } from '../briefings/publication'
import { pathTo } from '../editions/addresses'
import type { Card } from '../editions/card'
import { presentSlug } from '../editions/former'
import { queryOf, readListing } from '../editions/listing'
import { listCards, listPlaces, listStandings } from '../editions/listing-store'
import { findOutput } from '../editions/output-store'
import { answerAsValue } from '../editions/outputs'
import type { Resolution } from '../editions/print'
import { findResolutions, listResolutions } from '../editions/resolution-store'
import { coverageIn } from '../editions/standing'
import { findAnswer, findFormer, lastPrint } from '../editions/store'
import { given, unlessEmpty } from '../language/given'
import { direction, type Locale, openLocales, publicLocales } from '../language/locale'
import { nearest, negotiate, notOpen } from '../language/negotiation'
import { Refusal } from '../problem'
import { readSearch, queryOf as searchQueryOf } from '../search/request'
import { findResults } from '../search/store'
import type { LiveSite } from '../site'
import { asSent, type Handlers, json, type Reply, reply } from './call'

type ReadingOperation = 'listLocales' | 'listBriefings' | 'getBriefing' | 'listEditions' | 'search'

/** What readers see, for programs: in the language that the query names, or else that of `Accept-Language`. */
export const readingHandlers: Pick<Handlers, ReadingOperation> = {
  listLocales: async ({ site }) => {
    const { database, locales } = site
    const print = await lastPrint(database)
    const counts = await listStandings(database)
    const listed = locales.locales.flatMap(({ tag, state, fallback }) =>
      state === 'hidden'
        ? []
        : [
            {
              tag,
              name: site.speak(tag).language(tag),
              dir: direction(tag),
              state,
              fallback,
              coverage: coverageIn(locales, tag, counts),
            },
          ],
    )
    const etag = `"${print}-${site.fingerprint(locales.source)}"`
    return reply('listLocales', 200, { source: locales.source, locales: listed }, { etag })
  },

  listBriefings: async ({ query: { locale, after, ...filter }, request, site }) => {
    const { database, config } = site
    const asked = askedIn(site, locale, request)
    const wanted = readListing(parametersIn({ ...filter, after }), site.settings.vocabulary)
    if (!wanted) throw new Refusal('list.filter', {}, { kind: 'invalid' })
    const { places, next, print = await lastPrint(database) } = await listPlaces(database, asked, wanted)
    const read = new Map((await listCards(database, places)).map(({ briefingId, card }) => [briefingId, card]))
    const cards = places.flatMap(({ briefingId }) => read.get(briefingId) ?? [])
    const resolutions = await listResolutions(
      database,
      asked,
      cards.map(({ slug }) => slug),
    )
    const briefings = cards.flatMap((card) => {
      const { slug, title, summary, topic, publishedAt, minutes, kind, category, domain, impact, confidence, grade } = card
      const resolution = resolutions.get(slug)
      if (!resolution) return [] // It was withdrawn since the list was read.
      const stated = given({ topic, publishedAt, minutes, kind, category, domain, impact, confidence, grade })
      const url = config.origin + pathTo(asked, slug)
      return [{ url, slug, resolution, title, summary, ...stated, ...regionsIn(card) }]
    })
    return reply(
      'listBriefings',
      200,
      { asked, briefings },
      {
        language: asked,
        etag: `"${print}-${site.fingerprint(asked)}-${asked}"`,
        next: next && nextPage('/api/v1/briefings', asked, queryOf(asked, wanted.filter, next)),
      },
    )
  },

  getBriefing: async ({ params: { slug }, query: { locale }, request, tier, site }) => {
    const asked = askedIn(site, locale, request)
    const found = await findOutput(
      site.database,
      { form: 'api', asked, slug, tier },
      {
        read: () => findAnswer(site.database, asked, slug, tier, 'either'),
        write: (answer) => asSent('getBriefing', 200, answerAsValue(site, answer)),
        etagOf: (print, served) => `"${print}-${site.fingerprint(asked)}${site.fingerprint(served)}-${asked}-${tier}"`,
      },
    )
    if (!found) return await moved(site, slug, (to) => `/api/v1/briefings/${to}`)
    const { body: text, served: language, etag } = found
    return { status: 200, content: { text, type: json }, language, etag }
  },

  listEditions: async ({ params: { slug }, site }) => {
    const { database, locales, config } = site
    const open = openLocales(locales)
    const found = await findResolutions(database, slug)
    if (!found) return await moved(site, slug, (to) => `/api/v1/briefings/${to}/editions`)
    const place = ({ asked }: Resolution) => open.indexOf(asked)
    const editions = found.resolutions
      .toSorted((one, other) => place(one) - place(other))
      .map((resolution) => ({ url: config.origin + pathTo(resolution.asked, slug, found.kind), resolution }))
    return reply('listEditions', 200, { slug, editions }, { etag: `"${found.print}-${editions.length}"` })
  },

  search: async ({ query: { locale, ...typed }, request, tier, site }) => {
    const { database, config } = site
    const asked = askedIn(site, locale, request)
    const wanted = readSearch(parametersIn(typed), site.settings.vocabulary)
    if (!wanted) throw new Refusal('search.filter', {}, { kind: 'invalid' })
    const found = await findResults(database, site, asked, wanted, tier)
    const results = found?.results ?? []
    const resolutions = await listResolutions(
      database,
      asked,
      results.map(({ card }) => card.slug),
    )
    const value = {
      asked,
      query: wanted.typed,
      results: results.flatMap(({ card, title, excerpt }) => {
        const resolution = resolutions.get(card.slug)
        if (!resolution) return []
        const { slug, publishedAt, category, domain, impact, confidence } = card
        const marked = <Text extends { readonly lang: Locale }>(text: Text) => ({ ...text, dir: direction(text.lang) })
        const url = config.origin + pathTo(asked, slug, kindOf(card))
        const facts = { publishedAt, ...given({ category, domain, impact, confidence }), ...regionsIn(card) }
        return [{ url, slug, resolution, title: marked(title), excerpt: marked(excerpt), ...facts }]
      }),
      suggestion: found?.suggestion ?? null,
    }
    const next = found?.next && searchQueryOf(asked, { ...wanted, after: found.next })
    return reply('search', 200, value, { language: asked, next: next && nextPage('/api/v1/search', asked, next) })
  },
}

/** The regions of a briefing, if it has any. */
const regionsIn = ({ regions }: Pick<Card, 'regions'>) => unlessEmpty({ regions }, ['regions'])

/** The language of the caller: what they name or come near (`zh-CN` for `zh-Hans`). Refuses one that nothing on the site comes near. */
function askedIn({ locales }: LiveSite, locale: Locale | undefined, request: Request): Locale {
  if (locale === undefined) {
    return negotiate(request.headers.get('Accept-Language') ?? '', publicLocales(locales), locales.source)
  }
  const found = nearest(locales, locale)
  if (found !== undefined) return found
  const { code, values } = notOpen(locales, locale)
  throw new Refusal(code, values, { kind: 'not_found' })
}

async function moved({ database }: LiveSite, slug: string, to: (slug: string) => string): Promise<Reply> {
  const now = presentSlug(slug, await findFormer(database, slug, 'either'))
  if (now === undefined) throw new Refusal('briefing.unknown', { slug }, { kind: 'not_found' })
  return { movedTo: to(now) }
}

/** The query of an operation as that of a page: its filters, and where it begins. */
function parametersIn({ only, ...typed }: { readonly only: 'true' | 'false' } & Readonly<Record<string, string | undefined>>) {
  const set = Object.entries(typed).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return new URLSearchParams([...set, ...(only === 'true' ? [['only', 'true']] : [])])
}

/**
 * The path of the next page. The API's parameters differ from those of pages: it names the language, and has a value for `only`.
 */
function nextPage(path: string, asked: Locale, query: URLSearchParams): string {
  if (query.has('only')) query.set('only', 'true')
  query.set('locale', asked)
  return `${path}?${query}`
}
