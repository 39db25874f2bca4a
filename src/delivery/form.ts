import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { csrf } from 'hono/csrf'
import { Refusal } from '../problem'
import type { Site } from '../site'

const bytesMax = 16_384

/** Checks a form that may come from anywhere: it must be small. */
export const smallForm = bodyLimit({
  maxSize: bytesMax,
  onError: () => {
    throw new Refusal('sent.form-large', { most: bytesMax }, { kind: 'too_large' })
  },
})

/** Stands before every other form: it is sent from a page of this site (by `Origin` or `Sec-Fetch-Site`), and it is small. */
export const ownForm = [
  csrf({
    origin: (origin, { req, var: { site } }: Context<{ Variables: { readonly site: Site } }>) =>
      origin === site.config.origin || origin === new URL(req.url).origin,
  }),
  smallForm,
] as const

/**
 * What a script of our pages sends: an object in JSON, sent as such, for which a page of another site would have to ask first.
 */
export async function jsonIn(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const type = request.headers.get('Content-Type') ?? ''
  const data: unknown = /^application\/json *(;|$)/i.test(type) ? await request.json().catch(() => undefined) : undefined
  if (typeof data !== 'object' || data === null) throw new Refusal('sent.no-json', {}, { kind: 'invalid' })
  return { ...data }
}

/** The fields of a form that are text. A form that is of another kind than it says is its sender's mistake, not ours. */
export async function fieldsIn(request: Request): Promise<Readonly<Record<string, string>>> {
  try {
    const form = await request.formData()
    return Object.fromEntries([...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])))
  } catch {
    throw new Refusal('sent.form-unreadable', {}, { kind: 'invalid' })
  }
}
