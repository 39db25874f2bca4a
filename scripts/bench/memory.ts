import { join } from 'node:path'
import { randomPages } from './growth'
import { makeMany } from './many'
import { memoryOf } from './processes'
import type { Finding } from './report'
import { startSite } from './servers'
import type { Session } from './session'
import { measure } from './wrk'

/** More pages than the cache has room for. */
const count = 3000
const cacheMegabytes = 64

/** How much more it may hold with a full cache than after its start, in caches. */
const cachesMost = 2

/** What the server holds when its cache is full, and whether it still grows when it goes on answering. */
export async function memory({ folder, seconds }: Session): Promise<readonly Finding[]> {
  const path = join(folder, 'memory.db')
  const locales = await makeMany(path, count)
  const site = await startSite(path, cacheMegabytes)
  const subject = { name: 'random pages', url: site.url, pid: site.pid, script: randomPages(count, locales) }
  const idle = memoryOf(site.pid)
  const load = { connections: 32, seconds: seconds * 5 }
  await measure(subject, load)
  const full = memoryOf(site.pid)
  await measure(subject, load)
  const after = memoryOf(site.pid)
  await site.stop()
  const told = [idle, full, after].map(({ own }) => own.toFixed(0)).join(' → ')
  const note = `without mapped files ${told} MB: after start, after filling a cache of ${cacheMegabytes} MB, after as many requests again`
  const held = Math.max(full.own, after.own) - idle.own
  const most = cachesMost * cacheMegabytes
  return [
    {
      measure: 'Memory with a full cache, more than at the start',
      result: `${held.toFixed(0)} MB`,
      goal: `≤ ${most} MB`,
      isMet: held <= most,
      note,
    },
  ]
}
