import type { R2Bucket } from '@cloudflare/workers-types'
import { foreverCaching } from '../delivery/policy'
import { cardPathTo } from '../editions/share-card'
import type { Pictures } from '../sharing/pictures'
import { log } from './worker-log'

/** Pictures in the platform's cache, which each place has for itself, and in the bucket, if one is bound, for all places. */
export function picturesAtEdge(origin: string, bucket: R2Bucket | undefined): Pictures {
  const near = () => caches.open('pictures')
  const keepNear = async (hash: string, picture: Uint8Array<ArrayBuffer>) =>
    (await near()).put(origin + cardPathTo(hash), new Response(picture, { headers: { 'Cache-Control': foreverCaching } }))
  const findFar = async (hash: string) => {
    const far = await bucket?.get(hash)
    const picture = far && new Uint8Array(await far.arrayBuffer())
    if (picture) await keepNear(hash, picture)
    return picture ?? undefined
  }
  return {
    async find(hash) {
      const found = await (await near()).match(origin + cardPathTo(hash))
      return found ? new Uint8Array(await found.arrayBuffer()) : await findFar(hash).catch(noted)
    },
    async keep(hash, picture) {
      await Promise.all([keepNear(hash, picture).catch(noted), bucket?.put(hash, picture).catch(noted)])
    },
  }
}

/** A picture that cannot be kept is drawn again. Nobody who asks for it has to know. */
function noted(error: unknown): undefined {
  log({ level: 'warn', pictures: String(error) })
}
