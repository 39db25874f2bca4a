import { spawn } from 'node:child_process'
import { join } from 'node:path'
import type { D1Database } from '@cloudflare/workers-types'
import SQLite from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createTestHarness, unstable_readConfig } from 'wrangler'
import { openD1 } from '../../src/storage/d1'
import { answers, type DeepL, startDeepL } from '../support/deepl'
import { eventually, type RunningServer, root, startServer } from '../support/server'
import { loadSamples } from '../support/worker'

const slug = 'microsoft-mistral-ai-partnership'
let deepl: DeepL
let node: RunningServer

beforeAll(async () => {
  deepl = await startDeepL()
})
beforeEach(() => deepl.forget())
afterAll(() => deepl.close())

/** The command as an operator types it, with the translator at our server. */
async function command(words: readonly string[], settings: Record<string, string> = {}) {
  const translator = { TRANSLATOR_URL: deepl.url, TRANSLATOR_KEY: deepl.key }
  const child = spawn(process.execPath, [join(root, 'dist/cli.mjs'), ...words], {
    env: { PATH: process.env['PATH'], ...node.environment, ...translator, ...settings },
  })
  let out = ''
  let error = ''
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    error += chunk.toString()
  })
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
  expect(out + error).not.toContain(deepl.key)
  return { status, out, error }
}

interface Receipt {
  readonly slug: string
  readonly outcome: string
  readonly drafted: readonly string[]
  readonly leftOut: readonly unknown[]
}

describe('vernacular draft', () => {
  beforeAll(async () => {
    node = await startServer()
  })
  afterAll(async () => await node.remove())

  test('drafts a briefing for a person to take over: the file for the translator has it, the page has not, and its approval shows it', async () => {
    const page = async () => await (await fetch(`${node.url}/es/briefings/${slug}`)).text()
    const before = await page()
    const { status, out } = await command(['draft', 'es', slug, '--json'])
    expect(status).toBe(0)
    const [receipt, ...others] = JSON.parse(out) as Receipt[]
    expect(others).toEqual([])
    expect(receipt).toMatchObject({ slug, locale: 'es', translator: 'DeepL', outcome: 'drafted' })
    expect(receipt?.drafted.length).toBeGreaterThan(40)
    expect(receipt?.leftOut).toEqual([])
    expect(deepl.received.length).toBeGreaterThan(1)
    expect((await page()) === before).toBe(true)

    const again = await command(['draft', 'es', slug])
    expect(again.out).toContain(`${slug}: nothing to do: No text is missing.`)
    const folder = join(node.folder, 'packs')
    await command(['export', 'es', slug, '--format', 'json', '--out', folder])
    await command(['import', '--state', 'approved', folder])
    expect(await eventually(async () => (await page()).includes('ES Microsoft gives Mistral a road to market'))).toBe(true)
    expect((await page()).includes('Traducción automática, aún sin revisión humana.')).toBe(true)
  })

  test('drafts all that waits, each with its receipt, and finds nothing the second time', async () => {
    const { status, out } = await command(['draft', 'fr', '--json'])
    expect(status).toBe(0)
    const receipts = JSON.parse(out) as Receipt[]
    expect(receipts.map(({ outcome }) => outcome)).toContain('drafted')
    expect(receipts.map((each) => each.slug)).not.toContain('open-weights-to-commercial-models')
    expect((await command(['draft', 'fr'])).out).toMatch(/^Briefings checked: 0\./)
  })

  test('waits when it is told to, and goes on', async () => {
    deepl.reply(answers(429, { message: 'Too many requests' }, { 'retry-after': '1' }), answers(500, {}, { 'retry-after': '0' }))
    const began = Date.now()
    expect((await command(['draft', 'zh-Hans', slug])).out).toMatch(/drafted: \d+ segments/)
    expect(Date.now() - began).toBeGreaterThan(1000)
  })

  test.each([
    ['too few translations', answers(200, { translations: [] }), /aborted: DeepL returned 0 texts for 50/],
    ['no JSON', answers(200, 'Hello'), /aborted: DeepL returned something other than translations/],
  ])('saves nothing where it comes back with %s, and leaves with an error', async (_what, reply, sentence) => {
    deepl.reply(reply)
    const { status, out } = await command(['draft', 'pl', slug])
    expect(status).toBe(1)
    expect(out).toMatch(sentence)
    expect(stored('pl')).toBe(0)
  })

  test.each([
    ['the quota is used up', answers(456, { message: 'Quota Exceeded' }), {}, /quota/],
    ['the key is wrong', undefined, { TRANSLATOR_KEY: 'another' }, /rejects the key \(TRANSLATOR_KEY\)/],
    ['there is no key', undefined, { TRANSLATOR_KEY: '' }, /There is no machine translator. Set TRANSLATOR_KEY/],
    ['a language of the configuration is none', undefined, { MACHINE_DRAFTS: 'es,xx' }, /MACHINE_DRAFTS: List languages/],
  ])('says so where %s, and leaves with an error', async (_what, reply, settings, sentence) => {
    if (reply) deepl.reply(reply)
    const { status, error } = await command(['draft', 'pl'], settings)
    expect(status).toBe(1)
    expect(error).toMatch(sentence)
    expect(stored('pl')).toBe(0)
  })

  test('says so where a language is none of the site’s, or none that the translator keeps markup in', async () => {
    expect(await command(['draft', 'xx'])).toMatchObject({
      status: 1,
      error: expect.stringContaining('This site is not translated into xx.'),
    })
    const catalan = await command(['draft', 'ca', slug])
    expect(catalan).toMatchObject({
      status: 1,
      out: expect.stringContaining('DeepL cannot translate texts with markup into or from ca.'),
    })
  })

  /** How many drafts of a language are stored. */
  function stored(locale: string): unknown {
    const database = new SQLite(node.environment['DATABASE_PATH'] ?? '', { readonly: true })
    const count = database
      .prepare('select count(*) from translation_revision where locale = ? and segments like \'%"machine":%\'')
      .pluck()
      .get(locale)
    database.close()
    return count
  }
})

describe('the Node server that is told which languages to draft', () => {
  afterEach(async () => await node.remove())

  test('drafts them by itself, logs it without the key, and goes on where the translator does not', async () => {
    deepl.reply(answers(456, { message: `Quota for ${deepl.key}` }))
    const settings = { TRANSLATOR_URL: deepl.url, TRANSLATOR_KEY: deepl.key }
    node = await startServer({ ...settings, MACHINE_DRAFTS: 'ar' })
    expect(await eventually(() => node.log().some(({ error }) => String(error).includes('quota')))).toBe(true)
    expect((await fetch(`${node.url}/ar/briefings/${slug}`)).status).toBe(200)
    expect(JSON.stringify(node.log())).not.toContain(deepl.key)
    await node.remove()
    node = await startServer({ ...settings, MACHINE_DRAFTS: 'ar' })
    expect(await eventually(() => node.log().some(({ outcome, locale }) => outcome === 'drafted' && locale === 'ar'))).toBe(true)
    expect(JSON.stringify(node.log())).not.toContain(deepl.key)
  })

  test('does not start with languages that are none, or without a translator', async () => {
    node = await startServer({ SAMPLES: 'off' })
    await expect(startServer({ MACHINE_DRAFTS: 'xx' })).rejects.toThrow(/MACHINE_DRAFTS: List languages/)
    await expect(startServer({ MACHINE_DRAFTS: 'es' })).rejects.toThrow(/MACHINE_DRAFTS: There is no machine translator/)
  })
})

describe('the Worker that is told which languages to draft', () => {
  const origin = 'https://briefings.example'
  const config = unstable_readConfig({ config: join(root, 'wrangler.toml') })
  const { name, compatibility_date, compatibility_flags, assets, d1_databases } = config
  const worker = {
    name,
    compatibility_date,
    compatibility_flags,
    assets,
    d1_databases,
    main: join(root, 'src/doors/worker.ts'),
  }
  const inference = { name: 'inference', main: join(root, 'test/support/inference.ts'), compatibility_date }

  const startWorker = async (settings: Record<string, string>) => {
    const vars = { ORIGIN: origin, ...settings }
    const harness = createTestHarness({
      workers: [{ config: { ...worker, vars, services: [{ binding: 'AI', service: 'inference' }] } }, { config: inference }],
    })
    await harness.listen()
    const door = harness.getWorker<{ DB: D1Database }>()
    await door.applyD1Migrations('DB')
    const { DB } = await door.getEnv()
    await loadSamples(openD1(DB as never, 'primary'), origin)
    return { harness, door, DB, ask: (path: string) => harness.fetch(origin + path) }
  }

  test.each([
    ['Workers AI (M2M-100)', () => ({})],
    ['DeepL', () => ({ TRANSLATOR_URL: deepl.url, TRANSLATOR_KEY: deepl.key })],
  ])('drafts them on schedule with %s, and shows readers nothing of it', async (translator, settings) => {
    const { harness, door, DB, ask } = await startWorker({ MACHINE_DRAFTS: 'es', ...settings() })
    const page = async () => await (await ask(`/es/briefings/${slug}`)).text()
    const before = await page()
    await door.scheduled({ cron: '* * * * *' })
    const { results } = await DB.prepare('select distinct translator from machine_draft where segments > 0').all()
    expect(results).toEqual([{ translator }])
    expect((await page()) === before).toBe(true)
    expect(JSON.stringify(harness.getLogs())).toContain('drafted')
    expect(JSON.stringify(harness.getLogs())).not.toContain(deepl.key)
    await harness.close()
  })

  test('prints what is due whatever is wrong with its machines', async () => {
    const { harness, door, DB, ask } = await startWorker({ MACHINE_DRAFTS: 'es,xx' })
    const due = 'open-weights-to-commercial-models'
    await DB.prepare("update briefing set published_at = '2024-03-03T08:00:00Z', version = version + 1 where slug = ?")
      .bind(due)
      .run()
    await door.scheduled({ cron: '* * * * *' })
    expect((await ask(`/en/briefings/${due}`)).status).toBe(200)
    expect(JSON.stringify(harness.getLogs())).toContain('MACHINE_DRAFTS: List languages')
    await harness.close()
  })
})
