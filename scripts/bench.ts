/**
 * Measures the site against baselines that it starts itself, in one session, and holds the results against the goals.
 *
 *     npm run bench [-- --quick] [ROW…] [--briefings 1000000] [--packed 10000]
 *
 * Without names it runs every row; `--quick` takes less than five minutes on a quiet machine. Prints a table and writes it to `dist/bench.md`. Needs Linux and wrk.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { besideBare } from './bench/beside-bare'
import { bytes } from './bench/bytes'
import { fallback } from './bench/fallback'
import { growth } from './bench/growth'
import { memory } from './bench/memory'
import { packs } from './bench/packs'
import { cached, notModified, uncached } from './bench/pages'
import { printing } from './bench/printing'
import { prints } from './bench/prints'
import { type Finding, missed, tableOf } from './bench/report'
import { makeSamples } from './bench/samples'
import { savesRow } from './bench/saves'
import { search } from './bench/search'
import { root } from './bench/servers'
import type { Row, Session } from './bench/session'
import { start } from './bench/start'
import { workerCpu, workerSize, workerStart } from './bench/worker'
import { writing } from './bench/writing'
import { requireWrk } from './bench/wrk'

const slug = 'microsoft-ai-access-principles'

/** The rows in the order of the table. Each is in a file of its own, or is one of a kind that a file makes. */
const rows: Readonly<Record<string, Row>> = {
  cached,
  uncached,
  'not-modified': notModified,
  fallback,
  index: besideBare({ measure: 'Index, uncached', path: '/en/', least: 0.25 }),
  feed: besideBare({ measure: 'Feed, uncached', path: '/en/feed.xml', least: 0.25 }),
  'search-page': besideBare({ measure: 'Search page, never cached', path: '/en/search?q=microsoft', least: 0.1 }),
  json: besideBare({ measure: 'JSON of a page, uncached', path: `/en/briefings/${slug}.json`, least: 0.5 }),
  api: besideBare({
    measure: 'API of a briefing, never cached',
    path: `/api/v1/briefings/${slug}?locale=es`,
    least: 0.4,
    isMetered: true,
  }),
  start,
  bytes,
  saves: savesRow,
  writing,
  growth,
  search,
  printing,
  prints,
  packs,
  memory,
  'worker-size': workerSize,
  'worker-start': workerStart,
  'worker-cpu': workerCpu,
}

const failed = 'failed'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, briefings: { type: 'string' }, packed: { type: 'string' } },
})
const chosen = positionals.length > 0 ? positionals : Object.keys(rows)
const unknown = chosen.filter((name) => !Object.hasOwn(rows, name))
if (unknown.length > 0) fail(`There is no row ${unknown.join(', ')}. There are: ${Object.keys(rows).join(', ')}.`)
const many = Number(values.briefings ?? (values.quick ? 5000 : 100_000))
if (!Number.isInteger(many) || many < 2000) fail('--briefings is a whole number of at least 2000.')
const packed = Number(values.packed ?? (values.quick ? 100 : 1000))
if (!Number.isInteger(packed) || packed < 100) fail('--packed is a whole number of at least 100.')
requireWrk(fail)

const folder = mkdtempSync(join(tmpdir(), 'vernacular-bench-'))
const session: Session = values.quick
  ? { isQuick: true, folder, many, searched: 5000, packed, rounds: 2, seconds: 1 }
  : { isQuick: false, folder, many, searched: 100_000, packed, rounds: 5, seconds: 2 }
const begun = performance.now()
const findings: Finding[] = []
try {
  await makeSamples(folder)
  for (const name of chosen) {
    process.stderr.write(`${name} … `)
    const since = performance.now()
    findings.push(...(await run(name)))
    process.stderr.write(`${((performance.now() - since) / 1000).toFixed(0)} s\n`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const minutes = ((performance.now() - begun) / 60_000).toFixed(1)
const circumstances = `Node ${process.versions.node}, ${cpus().length} cores of ${cpus()[0]?.model ?? 'an unknown processor'}; ${session.rounds} rounds of ${session.seconds} s, in turn; ${minutes} minutes in all.`
const report = `# Benchmark\n\n${circumstances}\nRatios are medians of the rounds' ratios; believe them rather than absolute figures.\n\n${tableOf(findings)}\n\n${missed(findings)}\n`
writeFileSync(join(root, 'dist/bench.md'), report)
process.stdout.write(report)
process.exit(findings.some(({ result }) => result === failed) ? 1 : 0)

/** The findings of a row; where it fails, that is the finding, and the others go on. */
async function run(name: string): Promise<readonly Finding[]> {
  try {
    return (await rows[name]?.(session)) ?? []
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    return [{ measure: name, result: failed, note: String(error).split('\n', 1)[0] ?? '' }]
  }
}

/** Says what is wrong and ends. */
function fail(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(1)
}
