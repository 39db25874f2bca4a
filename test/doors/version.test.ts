import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textOf, unpacked } from '../../src/storage/gzip'
import { eventually, inDatabase, type RunningServer, root, startServer } from '../support/server'

/** A checkout of its own, in which a test may change the source. */
const checkout = mkdtempSync(join(tmpdir(), 'vernacular-checkout-'))
const template = join(checkout, 'src/editions/judgement.tsx')
const settings = { DATABASE_PATH: join(checkout, 'site.db'), ORIGIN: 'https://briefings.example' }

let server: RunningServer

beforeAll(async () => {
  const parts = ['src', 'scripts', 'locales', 'db', 'package.json', 'package-lock.json', 'tsconfig.json']
  for (const part of parts) cpSync(join(root, part), join(checkout, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'))
  build()
  server = await startServer(settings, checkout)
})
afterAll(async () => {
  await server.remove()
  rmSync(checkout, { recursive: true })
})

/** Runs a program of the checkout from its source. */
function fromSource(...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', ...words], {
    cwd: checkout,
    env: { PATH: process.env['PATH'], ...settings },
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  expect(status).toBe(0)
  return stdout
}

const build = () => fromSource('scripts/build.ts')

async function restart(): Promise<void> {
  await server.remove()
  server = await startServer(settings, checkout)
}

const read = async () => {
  const page = await fetch(`${server.url}/en/briefings/microsoft-mistral-ai-partnership`, { headers: { Accept: 'text/html' } })
  return { tag: page.headers.get('ETag'), isNew: (await page.text()).includes('class="judgement anew"') }
}

/** How many of the printed pages are made by the changed template, and how many there are. */
const printed = () =>
  inDatabase(server, (file) => {
    const rows = file.prepare("select deflated from resolution where kind = 'briefing'").pluck().all() as readonly Uint8Array[]
    const pages = rows.map((deflated) => unpacked(deflated, 5).pieces.map(textOf).join(''))
    return { anew: pages.filter((html) => html.includes('class="judgement anew"')).length, all: pages.length }
  })

describe('a site whose source changed after it was built', () => {
  test('is the program that it was when it is restarted before the build, and marks no page as another’s', async () => {
    const before = await read()
    const source = readFileSync(template, 'utf8')
    writeFileSync(template, source.replace('class="judgement"', 'class="judgement anew"'))
    expect(readFileSync(template, 'utf8')).not.toBe(source)
    await restart()
    expect(await read()).toEqual(before)
    expect(before.isNew).toBe(false)
  })

  test('shows the change once it is built, and prints every page again', async () => {
    build()
    await restart()
    expect((await read()).isNew).toBe(true)
    await eventually(() => printed().anew === printed().all)
    const { anew, all } = printed()
    expect(all).toBeGreaterThan(50)
    expect(anew).toBe(all)
  })

  test('is the same program to the command line that runs from source', async () => {
    expect(fromSource('src/doors/cli.ts', 'print')).toContain('Printed 0 briefings.')
  })
})
