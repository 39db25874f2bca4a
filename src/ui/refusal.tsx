import type { RequestContext } from '../context'
import { prefers } from '../delivery/policy'
import { localeOfReader } from '../delivery/reader'
import { respondPrivately } from '../delivery/respond'
import { firstPart, type Locale } from '../language/locale'
import { nearest } from '../language/negotiation'
import { weighted } from '../language/weighted'
import { complaintIn, demands, type ProblemCode, type Refusal, statuses } from '../problem'
import type { LiveSite } from '../site'
import { everyLanguage } from './layout'
import { keptStates, problemPage } from './problem-page'

interface Details {
  /** The refusal. Pages only show its kind. */
  readonly reason?: Refusal
  /** The number of the error in the log. */
  readonly reference?: string
  /** The methods of an address that was asked with another one. */
  readonly methods?: readonly string[]
}

/** A refusal as a page for people and as problem+json (RFC 9457) for programs, in a language the reader understands. */
export function refusal(
  { req, var: { site } }: RequestContext,
  code: ProblemCode,
  { reason, reference = '', methods = [] }: Details = {},
): Response {
  const locale = localeOfRefusal(site, req.raw)
  const words = site.speak(locale)
  const status = statuses[code]
  const removedAt = reason?.members['removedAt']
  const headers = {
    'Content-Language': locale,
    Vary: 'Accept, Accept-Language, Cookie',
    ...demands[code],
    ...reason?.headers,
    ...(code === 'not_allowed' ? { Allow: methods.join(', ') || 'GET, HEAD' } : {}),
  }
  if (!wantsPage(req.header('Accept') ?? '')) {
    const value = {
      type: 'about:blank',
      title: words.t(`error.${removedAt ? 'removed' : code}.title`),
      status,
      code,
      ...(reason ? { detail: reason.message, complaint: complaintIn(reason), ...reason.members } : {}),
      ...(reference === '' ? {} : { instance: reference }),
    }
    return respondPrivately(site, status, JSON.stringify(value), { ...headers, 'Content-Type': 'application/problem+json' })
  }
  const page = problemPage({
    site,
    words,
    code,
    links: everyLanguage(site, locale, ''),
    reference,
    withdrawal: withdrawalIn(reason),
    removedAt,
    kept: keptIn(reason),
  })
  return respondPrivately(site, status, page, { ...headers, 'Content-Type': 'text/html; charset=utf-8' })
}

/** Whether a person's browser asks: it names HTML, and does not prefer JSON. Programs that name neither get problem+json. */
const wantsPage = (accept: string) =>
  weighted(accept.toLowerCase()).some(({ name, quality }) => name === 'text/html' && quality > 0) &&
  !prefers(accept, 'application/json') &&
  !prefers(accept, 'application/problem+json')

/** When and why a briefing was withdrawn, if that is the reason. */
function withdrawalIn(reason: Refusal | undefined): { readonly at: string; readonly why: string } | undefined {
  const { withdrawnAt: at, why = '' } = reason?.members ?? {}
  return at === undefined ? undefined : { at, why }
}

/** What became of what was sent, if the refusal says so. */
const keptIn = ({ members: { kept } }: Pick<Refusal, 'members'> = { members: {} }) => keptStates.find((each) => each === kept)

/** The language of a refusal: that of the address, or of the tag in it that comes near, or what the reader's browser asks for. */
function localeOfRefusal(site: LiveSite, request: Request): Locale {
  const { locales } = site
  return nearest(locales, firstPart(new URL(request.url).pathname)) ?? localeOfReader(locales, request)
}
