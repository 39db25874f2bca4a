import type { Hono } from 'hono'
import type { Context, RequestContext } from '../context'
import { CountedLimits, type Limits } from '../delivery/limits'
import { Refusal } from '../problem'
import { heldPictures, type Pictures } from '../sharing/pictures'
import type { Render } from '../sharing/rendering'
import type { LiveSite } from '../site'
import { refusal } from '../ui/refusal'
import { appWith, asSpelled, inLocale, isInOpenLocale, type Parts } from './mounting'
import { pageRoutes, rootRoutes } from './reading'

/**
 * The site as a door opens it. What readers open is here. All else (forms, signing in, the API, addresses that do not exist) is in
 * `whole.ts`, which is loaded when it is first asked for: most processes at the edge never need it.
 */
export function createApp(
  site: LiveSite,
  newsroom: LiveSite = site,
  limits: Limits = new CountedLimits(),
  render: Render = rendersNothing,
  pictures: Pictures = heldPictures(),
): Hono<Context> {
  const parts = { site, newsroom, limits, render, pictures }
  const app = appWith(parts)
  const beyond = answeredBy(() => loadWhole(parts))

  app.route('/', rootRoutes)
  app.use('/:locale/*', (c, next) => (isInOpenLocale(c) ? inLocale(c, next) : beyond(c)))
  app.route('/', pageRoutes)
  app.all('*', beyond)
  app.notFound((c) => refusal(c, 'not_found'))
  return app
}

const rendersNothing: Render = async () => {
  throw new Refusal('card.none', {}, { kind: 'unavailable' })
}

async function loadWhole(parts: Parts): Promise<Hono<Context>> {
  const { wholeApp } = await import('./whole')
  return wholeApp(parts)
}

/** Answers by an app that is loaded for the first request. If it could not be loaded, the next request tries again. */
function answeredBy(load: () => Promise<Hono<Context>>) {
  let loading: Promise<Hono<Context>> | undefined
  return async (c: RequestContext): Promise<Response> => {
    // To look for the nearest language costs several times as much as the API's answer, and `api` is a tag of one.
    const elsewhere = c.req.path.startsWith('/api/') ? undefined : asSpelled(c)
    if (elsewhere) return elsewhere
    loading ??= load().catch((error: unknown) => {
      loading = undefined
      throw error
    })
    return (await loading).request(c.req.raw, undefined, c.env)
  }
}
