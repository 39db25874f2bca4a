/**
 * Measures the site against baselines that it starts itself, in one session, and holds the results against the goals.
 *
 *     npm run bench [-- --quick] [--only cached,uncached,…] [--briefings 1000000] [--packed 10000]
 *
 * Prints a table and writes it to `dist/bench.md`. Needs Linux and wrk.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { growth } from './bench/growth'
import { memory } from './bench/memory'
import { packs } from './bench/packs'
import { cached, fallback, notModified, uncached } from './bench/pages'
import { printing } from './bench/printing'
import { type Finding, tableOf } from './bench/report'
import { search } from './bench/search'
import { root } from './bench/servers'
import type { Session } from './bench/session'
import { workerCpu, workerSize, workerStart } from './bench/worker'
import { requireWrk } from './bench/wrk'

type Section = (session: Session) => Promise<readonly Finding[]>

const sections: Readonly<Record<string, Section>> = {
  cached,
  uncached,
  'not-modified': notModified,
  fallback,
  growth,
  search,
  printing,
  packs,
  memory,
  'worker-size': workerSize,
  'worker-start': workerStart,
  'worker-cpu': workerCpu,
}

const failed = 'failed'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    briefings: { type: 'string' },
    packed: { type: 'string' },
  },
})
const chosen = values.only?.split(',') ?? Object.keys(sections)
const unknown = chosen.filter((name) => !Object.hasOwn(sections, name))
if (unknown.length > 0) fail(`There is no section ${unknown.join(', ')}. There are: ${Object.keys(sections).join(', ')}.`)
const many = Number(values.briefings ?? (values.quick ? 10_000 : 100_000))
if (!Number.isInteger(many) || many < 2000) fail('--briefings is a whole number of at least 2000.')
const packed = Number(values.packed ?? (values.quick ? 100 : 1000))
if (!Number.isInteger(packed) || packed < 100) fail('--packed is a whole number of at least 100.')
requireWrk(fail)

const folder = mkdtempSync(join(tmpdir(), 'vernacular-bench-'))
const session: Session = values.quick
  ? { folder, many, packed, rounds: 2, seconds: 1 }
  : { folder, many, packed, rounds: 5, seconds: 2 }
const begun = performance.now()
const findings: Finding[] = []
try {
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
const report = `# Benchmark\n\n${circumstances}\nRatios are medians of the rounds' ratios; believe them rather than absolute figures.\n\n${tableOf(findings)}\n`
writeFileSync(join(root, 'dist/bench.md'), report)
process.stdout.write(report)
process.exit(findings.some(({ result }) => result === failed) ? 1 : 0)

/** The findings of a section; where it fails, that is the finding, and the others go on. */
async function run(name: string): Promise<readonly Finding[]> {
  try {
    return (await sections[name]?.(session)) ?? []
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
