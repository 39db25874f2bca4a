import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import { createTestHarness } from 'wrangler'
import { loadAll } from '../../src/newsroom/load'
import { openD1 } from '../../src/storage/d1'
import { readersMost, weighEdge } from '../edge'
import { descendants } from './processes'
import { type Finding, ratioFinding } from './report'
import { anEmptySite, sampleContent } from './samples'
import { origin, root } from './servers'
import type { Session } from './session'
import { inTurn, middle, ratio } from './wrk'

const page = '/en/briefings/microsoft-ai-access-principles'

const wrangler = (...command: readonly string[]) =>
  spawnSync('wrangler', command, {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: '1' },
  })

/** The size of what is deployed, compressed. */
export async function workerSize(): Promise<readonly Finding[]> {
  const { status, stderr } = wrangler('deploy', '--dry-run', '--env', '', '--outdir', 'dist/worker')
  if (status !== 0) throw new Error(`wrangler deploy --dry-run ended with ${status}: ${stderr}`)
  const { readers, scripts } = weighEdge(root)
  return [
    {
      measure: 'Worker, what readers need, compressed',
      result: `${readers.toFixed(0)} kB`,
      goal: `≤ ${readersMost} kB`,
      isMet: readers <= readersMost,
      note: `the whole ${scripts.toFixed(0)} kB`,
    },
  ]
}

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string } }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** The CPU time that the Worker takes to start, of the limit of a second. */
export async function workerStart({ folder }: Session): Promise<readonly Finding[]> {
  const measure = 'Worker, CPU time to start'
  const file = join(folder, 'startup.cpuprofile')
  const { status } = wrangler('check', 'startup', '--outfile', file)
  if (status !== 0) return [{ measure, result: 'not measured', note: '`wrangler check startup` did not run here' }]
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8')) as Profile
  const resting = new Set(
    nodes.filter(({ callFrame }) => /^\((idle|program)\)$/.test(callFrame.functionName)).map(({ id }) => id),
  )
  const micros = samples.reduce((sum, id, index) => (resting.has(id) ? sum : sum + (timeDeltas[index] ?? 0)), 0)
  return [{ measure, result: `${(micros / 1000).toFixed(0)} ms`, note: 'by `wrangler check startup`, on this machine' }]
}

/** What a page costs in workerd, against a Worker that answers with the same bytes and headers, under the same simulator. */
export async function workerCpu({ folder, rounds, seconds }: Session): Promise<readonly Finding[]> {
  const site = await startEdge(join(root, 'wrangler.toml'), { ORIGIN: origin }, fillDatabase)
  const bare = await startEdge(await writeBare(folder, site.url + page), {})
  const subjects = {
    cached: { name: 'Worker, cached', url: site.url + page, pid: site.pid },
    uncached: { name: 'Worker, uncached', url: `${site.url}${page}?uncached`, pid: site.pid },
    bare: { name: 'bare Worker', url: bare.url, pid: bare.pid },
  }
  const samples = await inTurn(subjects, rounds, { connections: 8, seconds })
  await Promise.all([site.close(), bare.close()])
  const note = (name: 'cached' | 'uncached') =>
    `${middle(samples[name], 'cpu').toFixed(0)} against ${middle(samples.bare, 'cpu').toFixed(0)} µs, the simulator's own work included`
  return [
    ratioFinding(
      'Worker, cached page: CPU time, of a bare Worker',
      ratio(samples.cached, samples.bare, 'cpu'),
      { most: 1.3 },
      note('cached'),
    ),
    ratioFinding(
      'Worker, uncached page: CPU time, of a bare Worker',
      ratio(samples.uncached, samples.bare, 'cpu'),
      { most: 2.5 },
      note('uncached'),
    ),
  ]
}

type Harness = ReturnType<typeof createTestHarness>

interface Edge {
  readonly url: string
  readonly pid: number
  close(): Promise<void>
}

/** A Worker in a workerd of its own. */
async function startEdge(
  configPath: string,
  vars: Readonly<Record<string, string>>,
  prepare: (harness: Harness) => Promise<void> = async () => {},
): Promise<Edge> {
  const before = new Set(descendants('workerd'))
  const harness = createTestHarness({ workers: [{ configPath, vars }] })
  const { url } = await harness.listen()
  await prepare(harness)
  // Two are started: the first passes requests on, the second runs the Worker, its database and its cache.
  const pid = descendants('workerd')
    .filter((each) => !before.has(each))
    .at(-1)
  if (pid === undefined) throw new Error('There is no workerd to be measured.')
  return { url: url.origin, pid, close: () => harness.close() }
}

async function fillDatabase(harness: Harness): Promise<void> {
  const worker = harness.getWorker<{ DB: D1Database }>()
  await worker.applyD1Migrations('DB')
  const { DB } = await worker.getEnv()
  const { site, database } = await anEmptySite(':memory:')
  await loadAll({ ...site, database: openD1(DB as never, 'primary') }, sampleContent())
  database.close()
}

/**
 * A Worker that answers every request with a copy of this answer. It has the static files of the site, because the platform looks among them
 * before it asks a Worker.
 */
async function writeBare(folder: string, copied: string): Promise<string> {
  const answer = await fetch(copied)
  const headers = Object.fromEntries(
    [...answer.headers].filter(([name]) => !/^(content-encoding|content-length|date|vary)$|^cf-/.test(name)),
  )
  const place = join(folder, 'bare-worker')
  mkdirSync(place)
  writeFileSync(join(place, 'page.bin'), new Uint8Array(await answer.arrayBuffer()))
  writeFileSync(
    join(place, 'worker.js'),
    `import page from './page.bin'\nconst headers = ${JSON.stringify(headers)}\nexport default { fetch: () => new Response(page, { headers }) }\n`,
  )
  writeFileSync(
    join(place, 'wrangler.toml'),
    'name = "bare"\nmain = "worker.js"\ncompatibility_date = "2026-10-01"\nsend_metrics = false\n' +
      `[assets]\ndirectory = "${join(root, 'dist/public')}"\n`,
  )
  return join(place, 'wrangler.toml')
}
