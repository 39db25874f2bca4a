import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type SQLite from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readNodeConfig } from '../../src/config'
import { isOwnMachine } from '../../src/language/origin'
import { vernacular } from '../support/command'
import { inDatabase, root, startServer } from '../support/server'
import { sampleSettings } from '../support/settings'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vernacular-samples-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const live = 'https://briefings.example'
const own = ['http://localhost:8787', 'http://127.0.0.1', 'http://[::1]:3000', 'http://desk.localhost:8787']
const others = [live, 'http://192.168.1.4:8787', 'https://localhost.example', 'https://notlocalhost', 'http://127.0.0.1.example']
const countIn = (file: SQLite.Database) => file.prepare('select count(*) from briefing').pluck().get()

describe('the samples', () => {
  test('are loaded by themselves only where ORIGIN is this machine, or where somebody sets SAMPLES', () => {
    expect(own.map(isOwnMachine)).toEqual(own.map(() => true))
    expect(others.map(isOwnMachine)).toEqual(others.map(() => false))
    expect(own.map((ORIGIN) => readNodeConfig({ ORIGIN }, sampleSettings).samples)).toEqual(own.map(() => true))
    expect(others.map((ORIGIN) => readNodeConfig({ ORIGIN }, sampleSettings).samples)).toEqual(others.map(() => false))
    expect(readNodeConfig({}, sampleSettings).samples).toBe(true)
    expect(readNodeConfig({ ORIGIN: live, SAMPLES: 'on' }, sampleSettings).samples).toBe(true)
    expect(readNodeConfig({ SAMPLES: 'off' }, sampleSettings).samples).toBe(false)
  })

  test('are not published by a live site that starts with a mistyped DATABASE_PATH: it is empty, and says where', async () => {
    const DATABASE_PATH = join(folder, 'mistyped.db')
    const site = await startServer({ ORIGIN: live, SAMPLES: '', DATABASE_PATH })
    expect(inDatabase(site, countIn)).toBe(0)
    expect(site.told()).toContain(`There was no database at ${DATABASE_PATH}. The new one is empty.`)
    await site.remove()
    // The twin: the same start on a developer's machine has them.
    const clone = await startServer({ ORIGIN: 'http://localhost:8787', SAMPLES: '' })
    expect(inDatabase(clone, countIn)).toBe(15)
    await clone.remove()
  })

  test('are not loaded by a `load` without a folder on a live site, which says what to write', () => {
    const run = (ORIGIN: string, ...words: string[]) =>
      vernacular({ DATABASE_PATH: join(folder, `${new URL(ORIGIN).hostname}.db`), ORIGIN, SAMPLES: '' }, ...words)
    for (const words of [['load'], ['load', '--dry-run'], ['load', '--json']]) {
      const { status, out, error } = run(live, ...words)
      expect([status, `${out}${error}`]).toEqual([1, expect.stringContaining('load ./')])
    }
    const remote = vernacular({ VERNACULAR_TOKEN: 'x'.repeat(43) }, 'load', '--remote', live)
    expect([remote.status, remote.error]).toEqual([1, expect.stringContaining('load ./')])
    expect(run(live, 'load', root).out).toContain('15 new')
    expect(run('http://localhost:8787', 'load').out).toContain('15 new')
  })
})
