/**
 * Keeps everything that readers get of the sample site, from both doors, so that two programs can be compared by the byte.
 *
 *     npm run crawl -- --out FOLDER [--root CHECKOUT]     crawls this checkout, or another one of the project
 *     npm run crawl -- --compare BEFORE AFTER             says what differs, and ends with an error where anything does
 *     npm run crawl -- --compare BEFORE AFTER --show /en/ shows how an answer differs
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { compare, compareRuntimes } from './crawl/compare'
import { contentsOf } from './crawl/contents'
import { crawl, type Reader } from './crawl/crawling'
import { buildCheckout, type Door, startNode, startWorker } from './crawl/doors'
import { type Crawl, readCrawl, Store } from './crawl/kept'
import { developersReader, readersOf } from './crawl/readers'
import { origin } from './crawl/request'
import { type Row, rows, waitingMail } from './crawl/rows'
import { patchesAt, reportOf } from './crawl/telling'

const { values, positionals } = parseArgs({
  options: {
    out: { type: 'string' },
    root: { type: 'string', default: join(import.meta.dirname, '..') },
    compare: { type: 'boolean', default: false },
    show: { type: 'string' },
  },
  allowPositionals: true,
})
const [before, after] = positionals

const say = (text: string) => process.stdout.write(text)

if (values.compare && before !== undefined && after !== undefined) {
  if (values.show === undefined) tellDifferences(readCrawl(before), readCrawl(after))
  else say(patchesAt(values.show, readCrawl(before), readCrawl(after)))
} else if (values.out !== undefined) {
  await keepCrawl(resolve(values.root), resolve(values.out))
} else {
  throw new Error('Say --out FOLDER, or --compare BEFORE AFTER.')
}

function tellDifferences(old: Crawl, young: Crawl): void {
  const changed = compare(old, young)
  const between = compareRuntimes(young)
  say(reportOf('Differences between the two crawls', changed))
  say(reportOf('Differences between the two doors in the second', between))
  if (changed.length + between.length > 0) process.exitCode = 1
}

async function keepCrawl(root: string, out: string): Promise<void> {
  const begun = performance.now()
  const store = new Store(out)
  const folder = mkdtempSync(join(tmpdir(), 'vernacular-crawl-'))
  try {
    await crawlDoors(root, folder, store)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const entries = store.finish()
  const addresses = new Set(entries.map(({ address }) => address)).size
  const seconds = Math.round((performance.now() - begun) / 1000)
  say(`${entries.length} answers at ${addresses} addresses are in ${out}, after ${seconds} seconds.\n`)
  const broken = entries.filter(({ status }) => status === 500 || status === 503)
  for (const { runtime, tier, address, status } of broken) say(`${runtime} ${tier} ${address}: ${status}\n`)
  const between = compareRuntimes(readCrawl(out))
  say(reportOf('Differences between the two doors', between))
  if (broken.length + between.length > 0) process.exitCode = 1
}

/** Crawls the two doors, and the Node door once more as a developer has it: with pseudo-locales and an outbox. */
async function crawlDoors(root: string, folder: string, store: Store): Promise<void> {
  const contents = contentsOf(root)
  const checkout = buildCheckout(root, folder)
  const settings = { ORIGIN: origin, COMMENTS: 'on' }
  const crawlDoor = async (runtime: string, door: Door, furnishing: readonly Row[], readers: readonly Reader[]) => {
    await door.insert(furnishing)
    for (const reader of readers) {
      await crawl(runtime, door, reader, store)
      process.stderr.write(`${runtime}: ${reader.tier} is done.\n`)
    }
    await door.stop()
  }
  const node = async () => {
    await crawlDoor('node', await startNode(checkout, 'node', settings), rows, readersOf(contents))
    const developers = await startNode(checkout, 'developer', { ORIGIN: 'http://localhost:8787', PSEUDO_LOCALES: 'on' })
    await crawlDoor('developer', developers, [waitingMail], [developersReader(contents)])
  }
  const worker = async () => crawlDoor('worker', await startWorker(checkout, settings), rows, readersOf(contents))
  await Promise.all([node(), worker()])
}
