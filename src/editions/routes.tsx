import { Hono } from 'hono'
import type { Tier } from '../briefings/vocabulary'
import { wantsMarkdown } from '../delivery/policy'
import { moveTo, type PublicAnswer, respondPublicly, respondToMember } from '../delivery/respond'
import { monthOf } from '../demand/demand'
import { type Locale, openLocales } from '../language/locale'
import { visitorOf } from '../members/person-store'
import { Problem } from '../problem'
import type { LiveSite } from '../site'
import { everyLanguage, frameOf } from '../ui/layout'
import { pathTo, translationsPathTo } from './addresses'
import { bilingualPage } from './bilingual-page'
import { changesPage } from './changes-page'
import { confidencePage } from './confidence-page'
import { indexPage } from './index-page'
import { canonicalOf, readListing } from './listing'
import { answerAsJson, answerAsMarkdown } from './outputs'
import { briefingPage } from './page'
import type { Frame } from './print'
import { findAnswer, findMoved, findPage, findPair, lastPrint, listCards, listStandings } from './store'
import { translationsPage } from './translations-page'
import { listMostWanted } from './wanted-store'

const html = 'text/html; charset=utf-8'

/** How many of the briefings that are most asked for are shown. */
const wantedMost = 10

/**
 * Everything that readers open: the index, briefings in each form, the table of grades. Who asks is looked for in `people`,
 * where what ends or is taken down holds at once.
 */
export function editionRoutes(site: LiveSite, people: LiveSite): Hono {
  const { database, locales, config } = site
  const open = new Set(openLocales(locales))
  const routes = new Hono()

  routes.get('/:locale/', async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const request = readListing(new URL(c.req.url).searchParams)
    if (!request) throw new Problem('invalid', 'The filter or the page of the list is not of the expected form.')
    const print = await lastPrint(database) // Before the list: an ETag may name an older print than the list shows, never a newer.
    const listing = await listCards(database, locale, request)
    const words = site.speak(locale)
    return respondPublicly(site, c.req.raw, {
      body: indexPage({ site, words, links: everyLanguage(site, locale, ''), request, listing }),
      type: html,
      language: locale,
      etag: `${print}-${site.fingerprint(locale)}`,
      canonical: config.origin + canonicalOf(locale, request),
    })
  })

  routes.get('/:locale/confidence', (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    return respondPublicly(site, c.req.raw, {
      body: confidencePage(site, site.speak(locale), everyLanguage(site, locale, 'confidence')),
      type: html,
      language: locale,
      etag: site.fingerprint(locale),
      canonical: `${config.origin}/${locale}/confidence`,
    })
  })

  routes.get('/:locale/translations', async (c) => {
    const { locale } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const print = await lastPrint(database)
    const counts = await listStandings(database)
    const wanted = locale === locales.source ? [] : await listMostWanted(database, locale, monthOf(site.now()), wantedMost)
    const words = site.speak(locale)
    return respondPublicly(site, c.req.raw, {
      body: translationsPage({ site, words, links: everyLanguage(site, locale, 'translations'), counts, wanted }),
      type: html,
      language: locale,
      etag: `${print}-${wanted.reduce((sum, { views }) => sum + views, 0)}-${site.fingerprint(locale)}`,
      canonical: config.origin + translationsPathTo(locale),
      isFleeting: true,
    })
  })

  routes.get('/:locale/briefings/:file', async (c) => {
    const { locale: asked, file } = c.req.param()
    if (!open.has(asked)) return c.notFound()
    const { slug, ending } = formIn(file)
    const tier = await tierOf(c.req.raw)
    const form = ending === '' && wantsMarkdown(c.req.header('Accept')) ? 'Markdown in place of the page' : ending
    const response = form === '' ? await page(c.req.raw, asked, slug, tier) : await output(c.req.raw, asked, slug, form, tier)
    return response ?? (await forwarded(asked, slug, ending)) ?? c.notFound()
  })

  routes.get('/:locale/briefings/:slug/bilingual', async (c) => {
    const { locale: asked, slug } = c.req.param()
    if (!open.has(asked)) return c.notFound()
    const tier = await tierOf(c.req.raw)
    const pair = await findPair(database, slug, [asked, locales.source], tier)
    if (!pair) return (await forwarded(asked, slug, '/bilingual')) ?? c.notFound()
    const [target, source] = pair.readings
    if (!target || !source || target.locale === source.locale) return c.notFound()
    return respond(c.req.raw, tier, {
      body: bilingualPage(site, site.speak(asked), target, source),
      type: html,
      language: asked,
      etag: `${pair.print}-${site.fingerprint(asked)}`,
      canonical: config.origin + pathTo(asked, slug),
    })
  })

  routes.get('/:locale/briefings/:slug/changes', async (c) => {
    const { locale: asked, slug } = c.req.param()
    if (!open.has(asked)) return c.notFound()
    const answer = await findAnswer(database, asked, slug, 'public')
    if (!answer) return (await forwarded(asked, slug, '/changes')) ?? c.notFound()
    const { served } = answer.resolution
    if (served === locales.source) return c.notFound()
    return respondPublicly(site, c.req.raw, {
      body: changesPage(site, site.speak(asked), answer),
      type: html,
      language: asked,
      etag: `${answer.print}-${site.fingerprint(asked)}`,
      canonical: config.origin + pathTo(served, slug),
    })
  })

  /** The printed page in its frame; made anew where it was printed with other words than today's. */
  async function page(request: Request, asked: Locale, slug: string, tier: Tier): Promise<Response | undefined> {
    const row = await findPage(database, asked, slug, tier, frameFor(asked))
    if (!row) return undefined
    const answerNow = site.fingerprint(asked)
    const editionNow = site.fingerprint(row.served)
    const isCurrent = row.answerFingerprint === answerNow && row.editionFingerprint === editionNow
    const body = isCurrent ? row.html : await madeAnew(asked, slug, tier)
    if (body === undefined) return undefined
    return respond(request, tier, {
      body,
      type: html,
      language: row.served,
      etag: `${row.print}-${answerNow}${editionNow}`,
      canonical: config.origin + pathTo(row.served, slug),
      varies: 'form',
    })
  }

  async function madeAnew(asked: Locale, slug: string, tier: Tier): Promise<string | undefined> {
    const answer = await findAnswer(database, asked, slug, tier)
    return answer && briefingPage(site, answer, answer.card)
  }

  /** The same answer as data or as text. */
  async function output(
    request: Request,
    asked: Locale,
    slug: string,
    form: Ending | 'Markdown in place of the page',
    tier: Tier,
  ): Promise<Response | undefined> {
    const answer = await findAnswer(database, asked, slug, tier)
    if (!answer) return undefined
    const { served } = answer.resolution
    const told = {
      ...(form === '.json' ? answerAsJson(site, answer) : answerAsMarkdown(site, answer)),
      language: served,
      etag: `${answer.print}-${site.fingerprint(asked)}${site.fingerprint(served)}`,
      canonical: config.origin + pathTo(served, slug),
    }
    return form === '.json' || form === '.md' ? respond(request, tier, told) : respondToMember(site, { ...told, varies: 'form' })
  }

  /** What the one who asks may open. */
  async function tierOf(request: Request): Promise<Tier> {
    return (await visitorOf(people.database, config.origin, request, site.now()))?.person.tier ?? 'public'
  }

  /** An answer that depends on the tier: everyone's is shared, a member's is theirs alone. */
  function respond(request: Request, tier: Tier, answer: PublicAnswer): Response {
    return tier === 'public' ? respondPublicly(site, request, { varies: true, ...answer }) : respondToMember(site, answer)
  }

  /** Where a briefing has gone that once had this address. */
  async function forwarded(asked: Locale, slug: string, ending: string): Promise<Response | undefined> {
    const now = await findMoved(database, slug)
    return now === undefined ? undefined : moveTo(site, pathTo(asked, now) + ending)
  }

  const frames = new Map<Locale, Frame<string>>()

  function frameFor(locale: Locale): Frame<string> {
    let frame = frames.get(locale)
    if (!frame) {
      frame = frameOf(site, site.speak(locale))
      frames.set(locale, frame)
    }
    return frame
  }

  return routes
}

type Ending = '.json' | '.md'

/** The form of a briefing that an address names: its slug, and how it ends where it is not the page. */
function formIn(file: string): { slug: string; ending: Ending | '' } {
  const ending = (['.json', '.md'] as const).find((each) => file.endsWith(each)) ?? ''
  return { slug: file.slice(0, file.length - ending.length), ending }
}
