import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { xliff2js } from 'xliff'
import { writePack } from '../../src/translations/packs/formats'
import type { Pack } from '../../src/translations/packs/pack'
import { aBriefingPack } from '../support/packs'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vernacular-xliff2-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const blank = aBriefingPack('ar')
const pack: Pack = {
  ...blank,
  units: blank.units.map((unit) => {
    if (unit.id === 'title') return { ...unit, target: 'يغلق الميناء <شهراً> & أكثر', state: 'current' }
    if (unit.id !== 'summary') return unit
    const candidates = [{ source: 'A dredger has run aground & sunk.', target: 'جنحت جرّافة <وغرقت>.', score: 71 }]
    return { ...unit, target: 'جنحت جرّافة.', state: 'outdated', previous: 'A dredger has run aground.', candidates }
  }),
}

/** What a reader of a text without its codes sees of it. */
const plain = (text: string) => text.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll('**', '')

describe('Symfony’s translation component', () => {
  const php = (program: string) => {
    const components = ['Translation', 'Config', 'Console'].map(
      (name) => `require "/usr/share/php/Symfony/Component/${name}/autoload.php";`,
    )
    const { stdout, stderr, error } = spawnSync('php', ['-r', `${components.join('')}${program}`], {
      cwd: folder,
      encoding: 'utf8',
    })
    if (error) throw error
    return stdout + stderr
  }
  const save = (text: string) => writeFileSync(join(folder, 'messages.ar.xlf'), text)
  const lint = (text: string) => {
    save(text)
    const told = php(
      '$lint = new Symfony\\Component\\Console\\Tester\\CommandTester(new Symfony\\Component\\Translation\\Command\\XliffLintCommand());' +
        '$lint->execute(["filename" => ["messages.ar.xlf"], "--format" => "json"]); echo $lint->getDisplay();',
    )
    return (JSON.parse(told) as { messages: { message: string }[] }[]).flatMap(({ messages }) => messages)
  }

  test('finds our XLIFF 2.0 and 1.2 valid', () => {
    expect(lint(writePack('xliff', pack, { xliffVersion: '2.0' }))).toEqual([])
    expect(lint(writePack('xliff12', pack))).toEqual([])
  })

  test('would find a state that there is none of, and XLIFF 2.1, which it does not know', () => {
    const written = writePack('xliff', pack, { xliffVersion: '2.0' })
    expect(lint(written.replace('state="initial"', 'state="to-do"'))).not.toEqual([])
    save(writePack('xliff', pack))
    expect(php('(new Symfony\\Component\\Translation\\Loader\\XliffFileLoader)->load("messages.ar.xlf", "ar");')).toContain(
      'No support implemented for loading XLIFF version "2.1"',
    )
  })

  test('loads every text of our XLIFF 2.0 under its name: the translation, or the English where there is none', () => {
    save(writePack('xliff', pack, { xliffVersion: '2.0' }))
    const told = php(
      'echo json_encode((new Symfony\\Component\\Translation\\Loader\\XliffFileLoader)->load("messages.ar.xlf", "ar")->all("messages"));',
    )
    const expected = pack.units.map(({ id, source, target }) => [id, plain(target || source)])
    expect(JSON.parse(told)).toEqual(Object.fromEntries(expected))
  })
})

describe('npm’s xliff', () => {
  /** The text between the codes. */
  const plainOf = (content: unknown) =>
    [content]
      .flat()
      .filter((piece) => typeof piece === 'string')
      .join('')

  test.each(['2.1', '2.0'] as const)('reads every English text and every translation of our XLIFF %s', async (xliffVersion) => {
    const { resources, sourceLanguage, targetLanguage } = await xliff2js(writePack('xliff', pack, { xliffVersion }))
    expect([sourceLanguage, targetLanguage]).toEqual(['en', 'ar'])
    const units = Object.entries(resources['harbour-closes'] ?? {})
    expect(units.map(([id, { source, target }]) => [id, plainOf(source), plainOf(target)])).toEqual(
      pack.units.map(({ id, source, target }) => [id, plain(source), plain(target)]),
    )
  })

  test('would see a text that is lost', async () => {
    const cut = writePack('xliff', pack).replace(/<unit id="title"[\s\S]*?<\/unit>\s*/, '')
    const { resources } = await xliff2js(cut)
    expect(Object.keys(resources['harbour-closes'] ?? {})).toEqual(pack.units.map(({ id }) => id).filter((id) => id !== 'title'))
  })
})
