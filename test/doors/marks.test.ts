import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root } from '../support/server'

/** A checkout of its own, in which a test may change the words. */
const checkout = mkdtempSync(join(tmpdir(), 'vernacular-marks-'))
const key = 'site.tagline'
const ours = 'Briefings for everybody'

beforeAll(() => {
  for (const part of ['dist', 'locales', 'db', 'src', 'package.json'])
    cpSync(join(root, part), join(checkout, part), { recursive: true })
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'))
  cpSync(join(checkout, 'locales/en/site.json'), join(checkout, 'earlier.json'))
})
afterAll(() => rmSync(checkout, { recursive: true }))

function command(...words: readonly string[]) {
  const env = { PATH: process.env['PATH'], DATABASE_PATH: join(checkout, 'site.db'), ORIGIN: 'https://briefings.example' }
  const options = { cwd: checkout, env, encoding: 'utf8' } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(checkout, 'dist/cli.mjs'), ...words], options)
  return { status, out: stdout, error: stderr }
}

type Texts = Record<string, string>
const json = <Value>(path: string) => JSON.parse(readFileSync(join(checkout, path), 'utf8')) as Value
const marksOf = (locale: string) => json<{ site: { outdated: Texts } }>(`locales/${locale}/catalogs.json`).site.outdated
const languages = ['es', 'fr', 'de', 'it', 'pt-BR', 'pl', 'ar', 'zh-Hans', 'ja', 'ca']
const marked = () => languages.filter((locale) => marksOf(locale)[key] !== undefined)
const english = json.bind(undefined, 'earlier.json') as () => Texts
const write = (path: string, texts: Texts) => writeFileSync(join(checkout, path), `${JSON.stringify(texts, null, 2)}\n`)
const changeEnglish = (text: string) => write('locales/en/site.json', { ...json<Texts>('locales/en/site.json'), [key]: text })

describe('a message whose English has changed in substance', () => {
  test('is marked in every language, with the English from before; a trial and a second time change nothing', () => {
    expect(command('export', 'es', 'site', '--format', 'json', '--out', 'before').status).toBe(0)
    changeEnglish(ours)
    expect(command('mark', 'earlier.json', '--dry-run').out).toMatch(/^es: site\.tagline\n.*Dry run: nothing was saved\.\n$/s)
    expect(marked()).toEqual([])
    expect(command('mark', 'earlier.json')).toMatchObject({ status: 0, error: '' })
    expect(marked()).toEqual(languages)
    expect(marksOf('es')).toEqual({ [key]: english()[key] })
    expect(command('mark', 'earlier.json', key).out).toMatch(/^es: nothing new\n/)
  })

  test('is warned of by the check, in the catalog of each language', () => {
    const { status, out } = command('check')
    expect(status).toBe(0)
    for (const locale of languages) expect(out).toContain(`locales/${locale}/site.json: ${key}: outdated: `)
    expect(out).toContain(english()[key])
  })

  test('is not settled by a file that was made before, whose text is saved all the same', () => {
    const file = 'before/es/site.json'
    const sent = json<{ segments: Texts }>(file)
    writeFileSync(join(checkout, file), JSON.stringify({ ...sent, segments: { ...sent.segments, [key]: 'Informes de antes' } }))
    const { status, out } = command('import', file)
    expect([status, out]).toEqual([0, expect.stringContaining(`${key}: outdated-saved: `)])
    expect(json<Texts>('locales/es/site.json')[key]).toBe('Informes de antes')
    expect(marked()).toEqual(languages)
  })

  test('is settled by a new translation, which is taken in', () => {
    expect(command('export', 'es', 'site', '--format', 'json', '--only', 'outdated', '--out', 'now').status).toBe(0)
    const file = 'now/es/site.json'
    const sent = json<{ segments: Texts; outdated: string[] }>(file)
    expect([sent.outdated, Object.keys(sent.segments)]).toEqual([[key], [`@${key}, before`, `@${key}`, key]])
    writeFileSync(join(checkout, file), JSON.stringify({ ...sent, segments: { [key]: 'Informes para todos' } }))
    expect(command('import', file, '--dry-run').out).toContain('1 accepted')
    expect(marked()).toEqual(languages)
    expect(command('import', file).out).toContain('1 accepted')
    expect(marked()).toEqual(languages.slice(1))
    expect(json<Texts>('locales/es/site.json')[key]).toBe('Informes para todos')
  })

  test('is settled by a person who finds the translation still right', () => {
    expect(command('confirm', 'fr', 'site', key, '--by', 'Ada', '--dry-run').out).toContain(`${key}: confirmed`)
    expect(marked()).toContain('fr')
    expect(command('confirm', 'fr', 'site', '--by', 'Ada').out).toContain(`${key}: confirmed`)
    expect(marked()).not.toContain('fr')
    expect(command('confirm', 'fr', 'site', '--by', 'Ada').out).toBe('No text is outdated.\n')
    expect(command('confirm', 'fr', 'site', 'nothing', '--by', 'Ada').status).toBe(1)
  })

  test('cannot be a message that there is not, nor one whose English is the same', () => {
    const refused = (...words: readonly string[]) => {
      const { status, error } = command('mark', 'earlier.json', ...words)
      return [status, error]
    }
    expect(refused('nothing')).toEqual([1, expect.stringContaining('The message nothing must be in earlier.json and in')])
    expect(refused('layout.skip')).toEqual([1, expect.stringContaining('The English of layout.skip has not changed.')])
    expect(command('mark', 'absent.json').status).toBe(1)
  })

  test('is refused by the check when its English is again what it was', () => {
    changeEnglish(english()[key] ?? '')
    const { status, error } = command('check')
    expect([status, error]).toEqual([
      1,
      expect.stringContaining(`locales/de/catalogs.json: site.outdated.${key}: The English has not changed`),
    ])
  })
})
