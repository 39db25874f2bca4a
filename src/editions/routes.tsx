import { Hono } from 'hono'
import { isPageSlug, type PublicationKind } from '../briefings/publication'
import type { Tier } from '../briefings/vocabulary'
import type { RequestContext } from '../context'
import { wantsMarkdown } from '../delivery/policy'
import { moveTo, type PublicAnswer, respondPublicly, respondToMember } from '../delivery/respond'
import type { Locale } from '../language/locale'
import { type MemberContext, tierOfVisitor } from '../members/visitor'
import type { Site } from '../site'
import { type Address, pathTo } from './addresses'
import { bilingualPage } from './bilingual-page'
import { changesPage } from './changes-page'
import { presentSlug } from './former'
import { findOutput } from './output-store'
import { answerAsJson, type Output } from './outputs'
import { briefingPage } from './page'
import { findPage } from './page-store'
import { isPictureOfToday } from './picture'
import type { Answer } from './print'
import { findAnswer, findFormer, findPair } from './store'

const html = 'text/html; charset=utf-8'

/** Briefings and pages, in each form. */
export const editionRoutes = new Hono<MemberContext>()

for (const [kind, path] of [
  ['briefing', '/:locale/briefings'],
  ['page', '/:locale'],
] as const) {
  editionRoutes.get(`${path}/:file`, async (c, next) => {
    const { slug, ending } = formIn(c.req.param('file'))
    if (!mayBe(kind, slug)) return next()
    const tier = await tierOfVisitor(c)
    const form = ending === '' && wantsMarkdown(c.req.header('Accept')) ? 'Markdown in place of the page' : ending
    const address = { slug, kind }
    const response = form === '' ? await page(c, address, tier) : await output(c, address, form, tier)
    return response ?? (await forwarded(c, address, ending)) ?? next()
  })

  editionRoutes.get(`${path}/:slug/bilingual`, async (c, next) => {
    const { site, locale: asked, words } = c.var
    const slug = c.req.param('slug')
    if (!mayBe(kind, slug)) return next()
    const tier = await tierOfVisitor(c)
    const pair = await findPair(site.database, { slug, kind }, [asked, site.locales.source], tier)
    if (!pair) return (await forwarded(c, { slug, kind }, '/bilingual')) ?? next()
    const [target, source] = pair.readings
    if (!target || !source || target.locale === source.locale) return c.notFound()
    return respond(c, tier, {
      body: bilingualPage(site, words, target, source),
      type: html,
      language: asked,
      etag: `${pair.print}-${site.fingerprint(asked)}`,
      canonical: site.config.origin + pathTo(asked, slug, kind),
    })
  })

  editionRoutes.get(`${path}/:slug/changes`, async (c, next) => {
    const { site, locale: asked, words } = c.var
    const slug = c.req.param('slug')
    if (!mayBe(kind, slug)) return next()
    const answer = await findAnswer(site.database, asked, slug, 'public', kind)
    if (!answer) return (await forwarded(c, { slug, kind }, '/changes')) ?? next()
    const { served } = answer.resolution
    if (served === site.locales.source) return c.notFound()
    return respondPublicly(site, c.req.raw, {
      body: changesPage(site, words, answer),
      type: html,
      language: asked,
      etag: `${answer.print}-${site.fingerprint(asked)}`,
      canonical: site.config.origin + pathTo(served, slug, kind),
    })
  })
}

/** Whether a publication may have this address. Those of the site itself cost no query. */
const mayBe = (kind: PublicationKind, slug: string) => kind === 'briefing' || isPageSlug(slug)

/** The printed page in its frame; rendered again if it was printed with other words than today's. */
async function page(c: RequestContext<MemberContext>, address: Address, tier: Tier): Promise<Response | undefined> {
  const { site, locale: asked, frame } = c.var
  const coding = tier === 'public' ? c.env?.coding : undefined
  const row = await findPage(site.database, asked, address, tier, frame(asked), coding === 'gzip')
  if (!row) return undefined
  const isCurrent =
    row.answerFingerprint === site.madeWith('answer', asked) &&
    row.editionFingerprint === site.madeWith('edition', row.served) &&
    isPictureOfToday(site, row.picture)
  const body = isCurrent ? row.html : await madeAnew(c, address, tier)
  if (body === undefined) return undefined
  return respond(c, tier, {
    body,
    type: html,
    language: row.served,
    // The print and the frame make the page as it was printed, and the whole program makes it anew.
    etag: `${row.print}-${isCurrent ? site.madeWith('frame', asked) : site.fingerprint(asked) + site.fingerprint(row.served)}`,
    canonical: site.config.origin + pathTo(row.served, address.slug, address.kind),
    coding: coding && (isCurrent && row.isGzipped ? 'gzip' : 'identity'),
    varies: 'form',
  })
}

async function madeAnew(
  { var: { site, locale } }: RequestContext<MemberContext>,
  { slug, kind }: Address,
  tier: Tier,
): Promise<string | undefined> {
  const answer = await findAnswer(site.database, locale, slug, tier, kind)
  return answer && briefingPage(site, answer, answer.card)
}

/** The same answer as data or as text. */
async function output(
  c: RequestContext<MemberContext>,
  address: Address,
  form: Ending | 'Markdown in place of the page',
  tier: Tier,
): Promise<Response | undefined> {
  const found = form === '.json' ? await asData(c, address, tier) : await asText(c, address, tier)
  if (!found) return undefined
  const { site } = c.var
  const { served: language, ...sent } = found
  const output = { ...sent, language, canonical: site.config.origin + pathTo(language, address.slug, address.kind) }
  return form === 'Markdown in place of the page'
    ? respondToMember(site, { ...output, varies: 'form' })
    : respond(c, tier, output)
}

/** What makes an answer as data or as text another one: a print, and the whole program. */
const etagIn =
  ({ site, locale }: RequestContext['var']) =>
  (print: number, served: Locale) =>
    `${print}-${site.fingerprint(locale)}${site.fingerprint(served)}`

async function asData({ var: shared }: RequestContext<MemberContext>, { slug, kind }: Address, tier: Tier) {
  const { site, locale: asked } = shared
  const wanted = { form: `${kind}.json`, asked, slug, tier }
  const found = await findOutput(site.database, wanted, {
    read: () => findAnswer(site.database, asked, slug, tier, kind),
    write: (answer) => answerAsJson(site, answer),
    etagOf: etagIn(shared),
  })
  return found && { ...found, type: 'application/json; charset=utf-8' }
}

async function asText({ var: shared }: RequestContext<MemberContext>, { slug, kind }: Address, tier: Tier) {
  const { site, locale: asked } = shared
  const answer = await findAnswer(site.database, asked, slug, tier, kind)
  if (!answer) return undefined
  const { served } = answer.resolution
  return { ...(await asMarkdown(site, answer)), served, etag: etagIn(shared)(answer.print, served) }
}

/** The library of Markdown is large, and pages do without it. */
async function asMarkdown(site: Site, answer: Answer): Promise<Output> {
  const { answerAsMarkdown } = await import('./markdown-output')
  return answerAsMarkdown(site, answer)
}

/** An answer that depends on the tier: everyone's is shared, a member's is theirs alone. */
function respond(c: RequestContext<MemberContext>, tier: Tier, answer: PublicAnswer): Response {
  const site = c.get('site')
  return tier === 'public' ? respondPublicly(site, c.req.raw, { varies: true, ...answer }) : respondToMember(site, answer)
}

/** The present address of a publication that once had this one. */
async function forwarded(
  { req, var: { site, locale } }: RequestContext<MemberContext>,
  { slug, kind }: Address,
  ending: string,
): Promise<Response | undefined> {
  const now = presentSlug(slug, await findFormer(site.database, slug, kind))
  return now === undefined ? undefined : moveTo(site, req.raw, pathTo(locale, now, kind) + ending)
}

type Ending = '.json' | '.md'

/** The form of a briefing that an address names: its slug, and the ending if it is not the page. */
function formIn(file: string): { slug: string; ending: Ending | '' } {
  const ending = (['.json', '.md'] as const).find((each) => file.endsWith(each)) ?? ''
  return { slug: file.slice(0, file.length - ending.length), ending }
}
