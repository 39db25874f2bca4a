import { Hono } from 'hono'
import { fieldsIn, formOf } from '../delivery/form'
import { type Asking, admit, type Limits } from '../delivery/limits'
import { moveTo, respondWithPage, seeOther } from '../delivery/respond'
import { commentsPathTo } from '../editions/addresses'
import type { Reading } from '../editions/reading'
import { findAnswer, findMoved } from '../editions/store'
import { type Locale, openLocales } from '../language/locale'
import { visitorOf } from '../members/person-store'
import { pathToSignIn } from '../members/session'
import { Problem } from '../problem'
import type { LiveSite } from '../site'
import { type Asked, commentIn } from './comment'
import { commentsPage, heldPage } from './comments-page'
import { holdComment, listAccepted } from './store'

const commentsAtOnce = 50
const nothing: Asked = { name: '', text: '' }

/** Where those who are signed in write to the editors, and everybody reads what was accepted. Nowhere, where that is turned off. */
export function commentRoutes(site: LiveSite, limits: Limits): Hono<Asking> {
  const { database, config, locales, now } = site
  const open = new Set(openLocales(locales))
  const routes = new Hono<Asking>()

  routes.get('/:locale/briefings/:slug/comments', async (c) => {
    const { locale, slug } = c.req.param()
    const reading = await readingFor(locale, slug)
    if (!reading) return (await forwarded(locale, slug)) ?? c.notFound()
    const visitor = await visitorOf(database, config.origin, c.req.raw, now())
    return respondWithPage(site, locale, await listed(locale, reading, afterIn(c.req.query('after')), visitor && nothing))
  })

  routes.post('/:locale/briefings/:slug/comments', ...formOf(site), async (c) => {
    const { locale, slug } = c.req.param()
    const reading = await readingFor(locale, slug)
    if (!reading) return c.notFound()
    await admit(limits, 'form', c.env?.network)
    const visitor = await visitorOf(database, config.origin, c.req.raw, now())
    if (!visitor) return seeOther(site, pathToSignIn(locale, commentsPathTo(locale, slug)))
    const comment = commentIn(await fieldsIn(c.req.raw))
    if (comment.flaw) return respondWithPage(site, locale, await listed(locale, reading, 0, comment), 400)
    const became = await holdComment(database, locale, slug, visitor.person.id, comment, now())
    return became === 'held'
      ? seeOther(site, `${commentsPathTo(locale, slug)}/held`)
      : respondWithPage(site, locale, heldPage({ site, words: site.speak(locale), reading }, true), 409)
  })

  routes.get('/:locale/briefings/:slug/comments/held', async (c) => {
    const { locale, slug } = c.req.param()
    const reading = await readingFor(locale, slug)
    return reading ? respondWithPage(site, locale, heldPage({ site, words: site.speak(locale), reading }, false)) : c.notFound()
  })

  /** What everyone may read of a briefing: the comments on it are everyone's too. */
  async function readingFor(locale: Locale, slug: string): Promise<Reading | undefined> {
    if (!config.hasComments || !open.has(locale)) return undefined
    return (await findAnswer(database, locale, slug, 'public'))?.reading
  }

  async function listed(locale: Locale, reading: Reading, after: number, asked: Asked | undefined): Promise<string> {
    const comments = await listAccepted(database, locale, reading.slug, after, commentsAtOnce + 1)
    const shown = comments.slice(0, commentsAtOnce)
    const next = comments.length > commentsAtOnce ? shown.at(-1)?.number : undefined
    return commentsPage({ site, words: site.speak(locale), reading, comments: shown, next, asked })
  }

  /** Where a briefing has gone that once had this address. */
  async function forwarded(locale: Locale, slug: string): Promise<Response | undefined> {
    const moved = config.hasComments && open.has(locale) ? await findMoved(database, slug) : undefined
    return moved === undefined ? undefined : moveTo(site, commentsPathTo(locale, moved))
  }

  return routes
}

function afterIn(typed = '0'): number {
  if (!/^\d{1,15}$/.test(typed)) throw new Problem('invalid', 'The place in the list is not a number.')
  return Number(typed)
}
