import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import { afterAll, describe, expect, test } from 'vitest'
import { vernacular } from '../support/command'
import { eventually, startServer } from '../support/server'

const folder = mkdtempSync(join(tmpdir(), 'vernacular-pseudo-'))
const database = join(folder, 'site.db')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const partnership = '/en-XA/briefings/microsoft-mistral-ai-partnership'

const command = (words: readonly string[], settings: Readonly<Record<string, string>> = {}) =>
  vernacular({ DATABASE_PATH: database, ORIGIN: 'https://briefings.example', ...settings }, ...words)

const on = { PSEUDO_LOCALES: 'on' }

/** Starts a server on the one database, hands it over and stops it. */
async function serving<Value>(settings: Readonly<Record<string, string>>, work: (get: typeof fetch) => Promise<Value>) {
  const server = await startServer({ DATABASE_PATH: database, ...settings })
  try {
    return await work((path, init) => fetch(`${server.url}${path}`, { headers: { Accept: 'text/html' }, ...init }))
  } finally {
    await server.remove()
  }
}

const pseudoRows = () => {
  const file = new SQLite(database, { readonly: true })
  const count = file.prepare("select count(*) from resolution where asked in ('en-XA', 'ar-XB')").pluck().get()
  file.close()
  return count
}

describe('a developer', () => {
  test('finds no pseudo-locale on a site that is started as any is', async () => {
    await serving({}, async (get) => {
      for (const path of ['/en-XA/', '/ar-XB/', partnership]) expect((await get(path)).status).toBe(404)
    })
    expect(pseudoRows()).toBe(0)
  })

  test('switches them on, loads the samples in them, and reads both', async () => {
    expect(command(['load'], on)).toMatchObject({ status: 0 })
    await serving(on, async (get) => {
      expect(await (await get(partnership)).text()).toContain('<h1 id="title">⟦Ḿ')
      expect(await (await get('/ar-XB/')).text()).toContain('<html lang="ar-XB" dir="rtl">')
      expect((await get('/ar-XB/')).status).toBe(200)
    })
    expect(pseudoRows()).toBeGreaterThan(10)
    expect(command(['load'], on).out).toContain('0 new, 0 changed')
    expect(command(['status', '--locale', 'en-XA'], on).out).toMatch(
      /microsoft-mistral-ai-partnership +en-XA +approved +newest +100%/,
    )
  })

  test('exports them as any language in preview, the words of the site too, which come back nowhere', () => {
    const out = join(folder, 'packs')
    for (const format of ['xliff', 'po', 'json']) {
      expect(command(['export', 'en-XA', '--format', format, '--out', out], on)).toMatchObject({ status: 0 })
    }
    const files = readdirSync(join(out, 'en-XA'))
    expect(files).toEqual(expect.arrayContaining(['site.xlf', 'site.po', 'newsroom.po', 'microsoft-mistral-ai-partnership.json']))
    expect(readFileSync(join(out, 'en-XA/site.po'), 'utf8')).toContain('msgid "Briefings"\nmsgstr "⟦Ɓŕîîéƒîîñĝšš⟧"')
    expect(readFileSync(join(out, 'en-XA/newsroom.po'), 'utf8')).toContain('msgctxt "pack.empty"')
    expect(command(['import', join(out, 'en-XA/microsoft-mistral-ai-partnership.xlf')], on).out).toMatch(/: \d+ unchanged$/m)
    for (const catalog of ['site', 'newsroom']) {
      expect(command(['import', join(out, `en-XA/${catalog}.po`)], on)).toMatchObject({
        status: 1,
        out: expect.stringContaining('The words of en-XA are generated from the English'),
      })
    }
    expect(command(['export', 'en-XA', '--out', out]).error).toContain('This site is not translated into en-XA.')
  })

  test('switches them off again, and they are gone: at once for readers, and soon from the database', async () => {
    await serving({}, async (get) => {
      expect((await get(partnership)).status).toBe(404)
      expect(await eventually(() => pseudoRows() === 0)).toBe(true)
    })
  })

  test('is told of a value that means nothing', () => {
    expect(command(['status'], { PSEUDO_LOCALES: 'yes' }).error).toContain('PSEUDO_LOCALES: This must be on or off.')
  })
})
