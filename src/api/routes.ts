import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import * as z from 'zod'
import { hashOf } from '../briefings/hash'
import { readBody } from '../delivery/body'
import { holds } from '../delivery/policy'
import { respondPrivately } from '../delivery/respond'
import { exportPack, packFile } from '../export'
import { importPack } from '../import'
import { type Locale, openLocales } from '../language/locale'
import { hashOfSecret } from '../members/secret'
import { type AccessToken, reaches, tierOf, tokenIn } from '../members/token'
import { findToken, noteUse } from '../members/token-store'
import { Problem } from '../problem'
import type { LiveSite } from '../site'
import { statusAfter } from '../status'
import { selections } from '../translations/outgoing'
import { readPack } from '../translations/packs/formats'
import { PackError, type PackFormat, packBytesMax, packFormats, type ReturnedPack } from '../translations/packs/pack'

interface Admitted {
  readonly Variables: { readonly token: AccessToken }
}

const flag = z.enum(['true', 'false'], { error: 'expected true or false' }).default('false')
const packQuery = z.object({
  format: z.enum(packFormats, { error: `expected ${packFormats.join(', ')}` }).default('xliff'),
  only: z.enum(selections, { error: `expected ${selections.join(' or ')}` }).default('all'),
  'xliff-version': z.enum(['2.1', '2.0'], { error: 'expected 2.1 or 2.0' }).default('2.1'),
  'copy-source': flag,
})
const returnQuery = z.object({ file: z.string().max(200).optional(), 'dry-run': flag })
const statusQuery = z.object({
  locale: z.string().max(35).optional(),
  after: z.string().max(60).default(''),
  limit: z.coerce.number('expected a number').int().min(1).max(50).default(20),
})

const mediaTypes: Readonly<Record<PackFormat, string>> = {
  json: 'application/json; charset=utf-8',
  xliff: 'application/xliff+xml; charset=utf-8',
  xliff12: 'application/x-xliff+xml; charset=utf-8',
  po: 'text/x-gettext-translation; charset=utf-8',
}
const json = { 'Content-Type': 'application/json; charset=utf-8' }

/** The API for programs, each let in by an access token: packs out and in, and where translations stand. */
export function apiRoutes(site: LiveSite): Hono {
  const { database, locales, config } = site
  const targets = openLocales(locales).filter((tag) => tag !== locales.source)
  const routes = new Hono()

  /** Lets in whoever shows a token that is worth something (RFC 6750), and refuses all others alike. */
  const admitted = createMiddleware<Admitted>(async (c, next) => {
    const shown = tokenIn(c.req.header('Authorization'))
    const now = site.now()
    const token = shown === undefined ? undefined : await findToken(database, await hashOfSecret(shown), now)
    if (!token) throw new Problem('unauthorised', 'Show a valid access token: "Authorization: Bearer vern_…".')
    c.set('token', token)
    await Promise.all([next(), noteUse(database, token, now)])
  })

  routes.get('/api/v1/packs/:locale/:slug', admitted, async (c) => {
    const { locale, slug } = c.req.param()
    const { token } = c.var
    reached(token, locale)
    const { format, only, ...options } = asked(packQuery, c.req.query())
    const outgoing = await exportPack(site, locale, slug, only, tierOf(token))
    if (!outgoing) throw new Problem('not_found', 'There is no briefing with this slug.')
    const { name, text } = packFile(outgoing, format, {
      copySource: options['copy-source'] === 'true',
      xliffVersion: options['xliff-version'],
    })
    // Of the text itself: what the memory proposes changes without the briefing or its translation.
    const headers = { 'Content-Language': locale, ETag: `"${await hashOf(text)}"` }
    if (holds(c.req.header('If-None-Match'), headers.ETag)) return respondPrivately(site, 304, null, headers)
    if (outgoing.pack.units.length === 0) return respondPrivately(site, 204, null, headers)
    return respondPrivately(site, 200, text, {
      ...headers,
      'Content-Type': mediaTypes[format],
      'Content-Disposition': `attachment; filename="${name}"`,
    })
  })

  routes.post('/api/v1/packs', admitted, async (c) => {
    const { token } = c.var
    if (!token.mayWrite) throw new Problem('forbidden', 'This token may read packs, and send none.')
    const { file, 'dry-run': isTrial } = asked(returnQuery, c.req.query())
    const bytes = await sent(c.req.raw)
    const receipt = await takenIn(async () => {
      const pack = returned(file, bytes)
      if (targets.includes(pack.locale)) reached(token, pack.locale)
      return await importPack(site, pack, { tier: tierOf(token), by: token.name, isTrial: isTrial === 'true' })
    })
    return respondPrivately(site, 200, JSON.stringify(receipt), json)
  })

  routes.get('/api/v1/status', admitted, async (c) => {
    const { token } = c.var
    const { locale, after, limit } = asked(statusQuery, c.req.query())
    if (locale !== undefined) reached(token, locale)
    const wanted = locale === undefined ? targets.filter((tag) => reaches(token, tag)) : [locale]
    const { rows, next } = await statusAfter(site, wanted, after, limit, tierOf(token))
    const query = new URLSearchParams({ ...(locale === undefined ? {} : { locale }), after: next ?? '', limit: String(limit) })
    const link = { Link: `<${config.origin}/api/v1/status?${query}>; rel="next"` }
    return respondPrivately(site, 200, JSON.stringify(rows), { ...json, ...(next === undefined ? {} : link) })
  })

  /**
   * Refuses a locale that this site does not translate into, and one that the token does not reach. Which locales there are
   * is no secret, so that the second is told from the first; which briefings there are, neither answer says.
   */
  function reached(token: AccessToken, locale: Locale): void {
    if (!targets.includes(locale)) throw new Problem('not_found', 'This site does not translate into this language.')
    if (!reaches(token, locale)) throw new Problem('forbidden', `This token does not reach ${locale}.`)
  }

  return routes
}

/** What is asked for, by its schema. What no schema names is passed over: a token here is nothing. */
function asked<Schema extends z.ZodType>(schema: Schema, query: Readonly<Record<string, string>>): z.infer<Schema> {
  const parsed = schema.safeParse(query)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
  throw new Problem('invalid', `The query is not of the expected form: ${faults.join('; ')}.`)
}

/** The file that a request consists of. Its media type is not asked for, since its content tells, but a form is no file. */
async function sent(request: Request): Promise<Uint8Array> {
  const coding = request.headers.get('Content-Encoding') ?? 'identity'
  if (coding.trim().toLowerCase() !== 'identity') throw new Problem('unsupported', 'Send the file uncompressed.')
  if (/^\s*multipart\//i.test(request.headers.get('Content-Type') ?? '')) {
    throw new Problem('unsupported', 'Send the file itself as the body, not within a form.')
  }
  const bytes = await readBody(request, packBytesMax).catch(() => {
    throw new Problem('invalid', 'The file broke off on its way.')
  })
  if (!bytes) throw new Problem('too_large', `A pack is at most ${packBytesMax} bytes: send it in parts.`)
  return bytes
}

function returned(file: string | undefined, bytes: Uint8Array): ReturnedPack {
  const isJson = /^\s*\{/.test(new TextDecoder().decode(bytes.subarray(0, 100)))
  if (isJson && file === undefined) {
    throw new PackError('is JSON, which does not say which briefing it translates: name it, as in ?file=<slug>.json')
  }
  return readPack(file ?? '', bytes)
}

/** What taking a file in comes to; what is wrong with it is told to whoever sent it. */
async function takenIn<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof PackError ? new Problem('unprocessable', `The file ${error.message}.`) : error
  }
}
