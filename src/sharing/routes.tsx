import { Hono } from 'hono'
import { type Asking, admit, type Limits } from '../delivery/limits'
import { foreverCaching, framedPolicy } from '../delivery/policy'
import { moveTo, respondPublicly } from '../delivery/respond'
import { embedPathTo, pathTo, sharePathTo } from '../editions/addresses'
import { cardIn } from '../editions/share-card'
import { findAnswer, findMoved } from '../editions/store'
import { canonical, type Locale, openLocales } from '../language/locale'
import { closest } from '../language/negotiation'
import { Problem } from '../problem'
import type { LiveSite } from '../site'
import { briefingAt } from './addresses'
import { findCard, writeToKeepPicture } from './card-store'
import type { Draw } from './drawing'
import { embedPage } from './embed-page'
import { oembedAsXml, oembedOf, readOembedRequest } from './oembed'
import { sharePage } from './share-page'

const html = 'text/html; charset=utf-8'
const spoken = { json: 'application/json; charset=utf-8', xml: 'text/xml; charset=utf-8' } as const

/** How long a card waits for the one before it, in milliseconds: on Workers that is given up where its reader has gone. */
const patience = 5000

/**
 * How briefings are carried elsewhere: the page to share one by, what other sites frame, oEmbed, and pictures. A
 * picture that nobody drew yet is drawn by `draw`, one at a time, and kept by `newsroom`, where prints are seen at once.
 */
export function sharingRoutes(site: LiveSite, newsroom: LiveSite, limits: Limits, draw: Draw): Hono<Asking> {
  const { database, locales, config } = site
  const open = new Set(openLocales(locales))
  const routes = new Hono<Asking>()

  routes.get('/:locale/briefings/:slug/share', async (c) => {
    const { locale, slug } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const answer = await findAnswer(database, locale, slug, 'public')
    if (!answer) return (await forwarded(slug, (now) => sharePathTo(locale, now))) ?? c.notFound()
    return respondPublicly(site, c.req.raw, {
      body: sharePage(site, site.speak(locale), answer, answer.card),
      type: html,
      language: locale,
      etag: `${answer.print}-${site.fingerprint(locale)}`,
      canonical: config.origin + pathTo(answer.resolution.served, slug),
    })
  })

  routes.get('/:locale/briefings/:slug/embed', async (c) => {
    const { locale, slug } = c.req.param()
    if (!open.has(locale)) return c.notFound()
    const answer = await findAnswer(database, locale, slug, 'public')
    if (!answer) return (await forwarded(slug, (now) => embedPathTo(locale, now))) ?? c.notFound()
    const { served } = answer.resolution
    return respondPublicly(site, c.req.raw, {
      body: embedPage(site, site.speak(locale), answer),
      type: html,
      language: served,
      etag: `${answer.print}-${site.fingerprint(locale)}${site.fingerprint(served)}`,
      canonical: config.origin + pathTo(served, slug),
      headers: { 'Content-Security-Policy': framedPolicy },
    })
  })

  routes.get('/oembed', async (c) => {
    const request = readOembedRequest(new URL(c.req.url).searchParams)
    if (!request) throw new Problem('invalid', 'Expected the address of a briefing as url, and sizes in pixels.')
    const { format } = request
    if (format !== 'json' && format !== 'xml') throw new Problem('not_offered', 'The formats are json and xml.')
    const named = briefingAt(locales, config.origin, request.url)
    const locale = named && (named.locale ?? languageOf(request.lang))
    const answer = named && locale ? await findEvenMoved(locale, named.slug) : undefined
    if (!answer) return c.notFound()
    const { resolution } = answer
    const told = oembedOf(site, answer, answer.card, request)
    return respondPublicly(site, c.req.raw, {
      body: format === 'json' ? `${JSON.stringify(told, null, 2)}\n` : oembedAsXml(told),
      type: spoken[format],
      language: resolution.served,
      etag: `${answer.print}-${site.fingerprint(resolution.asked)}${site.fingerprint(resolution.served)}`,
      headers: { 'Access-Control-Allow-Origin': '*' },
    })
  })

  routes.get('/cards/:file', async (c) => {
    const hash = cardIn(c.req.param('file'))
    const found = hash === undefined ? undefined : await findCard(newsroom.database, hash)
    if (hash === undefined || !found) return c.notFound()
    if (!found.picture) await admit(limits, 'card', c.env?.network)
    const picture = found.picture ?? (await drawnInTurn(hash))
    return respondPublicly(site, c.req.raw, {
      body: picture,
      type: 'image/png',
      language: found.card.locale,
      etag: hash,
      headers: { 'Cache-Control': foreverCaching, 'Cross-Origin-Resource-Policy': 'cross-origin' },
    })
  })

  let last: Promise<unknown> = Promise.resolve()

  /** The picture of a card, drawn when the one before it is: it may be there by then. */
  function drawnInTurn(hash: string): Promise<Uint8Array<ArrayBuffer>> {
    const turn = settled(last, patience).then(() => drawn(hash))
    last = turn.catch(() => {})
    return turn
  }

  async function drawn(hash: string): Promise<Uint8Array<ArrayBuffer>> {
    const found = await findCard(newsroom.database, hash)
    if (!found) throw new Problem('not_found', 'The card has gone.')
    if (found.picture) return found.picture
    const picture = await draw(found.card)
    await newsroom.database.atomically([writeToKeepPicture(newsroom.database, hash, picture)])
    return picture
  }

  /** The language wanted by a program that asks for an address without one: what it says, else the source. */
  function languageOf(typed: string | undefined): Locale {
    const tag = typed === undefined ? undefined : canonical(typed)
    return (tag && closest(tag, [...open])) ?? locales.source
  }

  /** The answer at an address, whether a briefing has it now or once had it. */
  async function findEvenMoved(locale: Locale, slug: string) {
    const answer = await findAnswer(database, locale, slug, 'public')
    const now = answer ? undefined : await findMoved(database, slug)
    return answer ?? (now === undefined ? undefined : await findAnswer(database, locale, now, 'public'))
  }

  /** Where a briefing has gone that once had this address. */
  async function forwarded(slug: string, to: (now: string) => string): Promise<Response | undefined> {
    const now = await findMoved(database, slug)
    return now === undefined ? undefined : moveTo(site, to(now))
  }

  return routes
}

/** Waits until a promise has settled, for `most` milliseconds at the most. */
async function settled(promise: Promise<unknown>, most: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  await Promise.race([
    promise,
    new Promise((resolve) => {
      timer = setTimeout(resolve, most)
    }),
  ])
  clearTimeout(timer)
}
