import { Hono } from 'hono'
import type { Context, RequestContext } from '../context'
import { admit } from '../delivery/limits'
import { foreverCaching, framedPolicy, holds } from '../delivery/policy'
import { moveTo, respondPublicly } from '../delivery/respond'
import { embedPathTo, pathTo, sharePathTo } from '../editions/addresses'
import { presentSlug } from '../editions/former'
import { cardIn, type ShareCard } from '../editions/share-card'
import { findAnswer, findFormer } from '../editions/store'
import type { Locale, Locales } from '../language/locale'
import { nearest } from '../language/negotiation'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import { briefingAt } from './addresses'
import { findCard } from './card-store'
import { embedPage } from './embed-page'
import { oembedAsXml, oembedOf, readOembedRequest } from './oembed'
import { sharePage } from './share-page'
import type { RenderingContext } from './turns'

const html = 'text/html; charset=utf-8'
const spoken = { json: 'application/json; charset=utf-8', xml: 'text/xml; charset=utf-8' } as const

/** The page for sharing a briefing, and what other sites frame. */
export const sharingRoutes = new Hono<Context>()

sharingRoutes.get('/:locale/briefings/:slug/share', async (c) => {
  const { site, locale, words } = c.var
  const slug = c.req.param('slug')
  const answer = await findAnswer(site.database, locale, slug, 'public')
  if (!answer) return (await forwarded(c, slug, (now) => sharePathTo(locale, now))) ?? c.notFound()
  return respondPublicly(site, c.req.raw, {
    body: sharePage(site, words, answer, answer.card),
    type: html,
    language: locale,
    etag: `${answer.print}-${site.fingerprint(locale)}`,
    canonical: site.config.origin + pathTo(answer.resolution.served, slug),
  })
})

sharingRoutes.get('/:locale/briefings/:slug/embed', async (c) => {
  const { site, locale, words } = c.var
  const slug = c.req.param('slug')
  const answer = await findAnswer(site.database, locale, slug, 'public')
  if (!answer) return (await forwarded(c, slug, (now) => embedPathTo(locale, now))) ?? c.notFound()
  const { served } = answer.resolution
  return respondPublicly(site, c.req.raw, {
    body: embedPage(site, words, answer),
    type: html,
    language: served,
    etag: `${answer.print}-${site.fingerprint(locale)}${site.fingerprint(served)}`,
    canonical: site.config.origin + pathTo(served, slug),
    headers: { 'Content-Security-Policy': framedPolicy },
  })
})

/** What other programs show for a link, at addresses without a locale: oEmbed, and pictures. */
export const unfurlRoutes = new Hono<RenderingContext>()

unfurlRoutes.get('/oembed', async (c) => {
  const { site } = c.var
  const request = readOembedRequest(new URL(c.req.url).searchParams)
  if (!request) throw new Refusal('oembed.request', {}, { kind: 'invalid' })
  const { format } = request
  if (format !== 'json' && format !== 'xml') throw new Refusal('oembed.format', {}, { kind: 'not_offered' })
  const named = briefingAt(site.locales, site.config.origin, request.url)
  const locale = named && (named.locale ?? languageOf(site.locales, request.lang))
  const answer = named && locale ? await findEvenMoved(site, locale, named.slug) : undefined
  if (!answer) return c.notFound()
  const { resolution } = answer
  const oembed = oembedOf(site, answer, answer.card, request)
  return respondPublicly(site, c.req.raw, {
    body: format === 'json' ? `${JSON.stringify(oembed, null, 2)}\n` : oembedAsXml(oembed),
    type: spoken[format],
    language: resolution.served,
    etag: `${answer.print}-${site.fingerprint(resolution.asked)}${site.fingerprint(resolution.served)}`,
    headers: { 'Access-Control-Allow-Origin': '*' },
  })
})

/**
 * A picture is drawn when it is asked for, unless it is kept or its reader has it. What it says is read from the newsroom's database, because
 * prints are visible there at once: of a briefing that was taken back there is no picture.
 */
unfurlRoutes.get('/cards/:file', async (c) => {
  const { site, newsroom } = c.var
  const hash = cardIn(c.req.param('file'))
  const card = hash === undefined ? undefined : await findCard(newsroom.database, hash)
  if (hash === undefined || !card) return c.notFound()
  const isHeld = holds(c.req.header('If-None-Match'), `"${hash}"`)
  return respondPublicly(site, c.req.raw, {
    body: isHeld ? '' : await pictureFor(c, hash, card),
    type: 'image/png',
    language: card.locale,
    etag: hash,
    headers: { 'Cache-Control': foreverCaching, 'Cross-Origin-Resource-Policy': 'cross-origin' },
  })
})

/** The picture of a card. If it is not kept, it is drawn in its turn. By then, another request may have drawn it. */
async function pictureFor(
  { env, var: { limits, pictures, render, inTurn } }: RequestContext<RenderingContext>,
  hash: string,
  card: ShareCard,
): Promise<Uint8Array<ArrayBuffer>> {
  const kept = await pictures.find(hash)
  if (kept) return kept
  await admit(limits, 'card', env?.network)
  return await inTurn(async () => {
    const keptMeanwhile = await pictures.find(hash)
    if (keptMeanwhile) return keptMeanwhile
    const picture = await render(card)
    await pictures.keep(hash, picture)
    return picture
  })
}

/** The language for a program that asks for an address without one: the one that it names, else the source. */
const languageOf = (locales: Locales, typed: string | undefined): Locale =>
  (typed === undefined ? undefined : nearest(locales, typed)) ?? locales.source

/** The answer at an address, whether it is the present one of a briefing or a former one. */
async function findEvenMoved({ database }: LiveSite, locale: Locale, slug: string) {
  const answer = await findAnswer(database, locale, slug, 'public')
  const now = answer ? undefined : presentSlug(slug, await findFormer(database, slug))
  return answer ?? (now === undefined ? undefined : await findAnswer(database, locale, now, 'public'))
}

/** The present address of a briefing that once had this one. */
async function forwarded(
  { req, var: { site } }: RequestContext,
  slug: string,
  to: (now: string) => string,
): Promise<Response | undefined> {
  const now = presentSlug(slug, await findFormer(site.database, slug))
  return now === undefined ? undefined : moveTo(site, req.raw, to(now))
}
