import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import PO from 'pofile'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readPack, writePack } from '../../src/translations/packs/formats'
import type { Pack, Unit } from '../../src/translations/packs/pack'
import { aBriefingPack, aUnit } from '../support/packs'

const schemas = '/usr/share/php/Symfony/Component/Translation/Resources/schemas'
let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vernacular-packs-'))
  for (const name of ['xliff-core-1.2-strict.xsd', 'xliff-core-2.0.xsd']) {
    const schema = readFileSync(join(schemas, name), 'utf8')
    writeFileSync(join(folder, name), schema.replace(/schemaLocation="[^"]*xml\.xsd"/, 'schemaLocation="xml.xsd"'))
  }
  copyFileSync(join(schemas, 'xml.xsd'), join(folder, 'xml.xsd'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a tool in the folder; its status and all that it said. */
function run(tool: string, ...args: string[]) {
  const { status, stdout, stderr, error } = spawnSync(tool, args, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, HOME: folder, LC_ALL: 'C.UTF-8', JAVA_TOOL_OPTIONS: `-Duser.home=${folder}` },
    timeout: 120_000,
  })
  if (error) throw error
  return { status, said: stdout + stderr }
}

function save(name: string, text: string): string {
  writeFileSync(join(folder, name), text)
  return name
}

const saved = (name: string) => readFileSync(join(folder, name), 'utf8')

/** What the memory may have for a text. */
const candidates = [
  { source: 'The **harbour** closes, as [it](https://a.example/?a=1&b=2) <says>', target: 'يغلق **الميناء**', score: 82 },
  { source: 'The "harbour"\n\ncloses', target: 'يغلق\n\nالميناء', score: 70 },
]

/** The sample briefing with what formats stumble over: lists, code, messages, candidates, and text of each standing. */
function aHardPack(locale: string): Pack {
  const pack = aBriefingPack(locale)
  const [first, second, ...others] = pack.units
  if (!first || !second) throw new Error('The sample briefing has no text.')
  return {
    ...pack,
    units: [
      {
        ...first,
        hash: '0123456789abcdef0123456789abcdef',
        source: 'The <port> & its "closure"',
        target: 'إغلاق <الميناء> & "المرفأ"',
        state: 'current',
      },
      { ...second, target: 'يغلق الميناء', state: 'outdated', previous: 'The harbour <closes>\nfor 2 weeks', candidates },
      ...others.map((unit) => (unit.kind === 'markdown' ? { ...unit, candidates } : unit)),
      aUnit({ id: 'known', source: 'The port is open', target: 'الميناء مفتوح', state: 'proposed' }),
      aUnit({
        id: 'list',
        kind: 'markdown',
        source: 'First, *see* `x < 1`:\n\n- [one](https://one.example/?a=1&b=2)\n- two ]]>',
      }),
      aUnit({ id: 'by', kind: 'message', source: 'By {names}' }),
      aUnit({ id: 'dated', kind: 'message', source: 'On {date, date, long}' }),
      aUnit({ id: 'words', kind: 'message', source: '{count, plural, one {# word} other {# words}}' }),
      aUnit({ id: 'number', source: 'It has 1,234 berths, see https://port.example/berths' }),
    ],
  }
}

const pack = aHardPack('ar')
const withTarget = (id: string, target: string): Pack => ({
  ...pack,
  units: pack.units.map((unit) => (unit.id === id ? { ...unit, target, state: 'current' } : unit)),
})

describe('the schemas of XLIFF', () => {
  const strict = (text: string) =>
    run('xmllint', '--nonet', '--noout', '--schema', 'xliff-core-1.2-strict.xsd', save('strict.xlf', text))
  const second = (text: string) =>
    run('xmllint', '--nonet', '--noout', '--schema', 'xliff-core-2.0.xsd', save('second.xlf', text))

  test.each([pack, { ...pack, isApproved: true }])('accept our packs in both versions', (each) => {
    for (const copySource of [false, true]) {
      expect(strict(writePack('xliff12', each, { copySource }))).toMatchObject({ status: 0 })
      expect(second(writePack('xliff', each, { copySource, xliffVersion: '2.0' }))).toMatchObject({ status: 0 })
    }
  })

  test.each([
    ['ctype="x-link"', 'ctype="link"'],
    ['state="needs-review-translation"', 'state="to-do"'],
    ['<alt-trans match-quality="82%"', '<alt-trans quality="82%"'],
    [' datatype="plaintext"', ''],
  ])('would refuse 1.2 with %s made %j', (from, to) => {
    expect(strict(writePack('xliff12', pack).replace(from, to)).status).not.toBe(0)
  })

  test.each([
    ['state="initial"', 'state="to-do"'],
    ['<originalData>', '<originaldata>'],
    [
      '<mtc:match ref="#s" similarity="70" origin="Vernacular memory">\n          <originalData>',
      '<mtc:match><originalData id="x">',
    ],
    [' srcLang="en"', ''],
  ])('would refuse 2.0 with %s made %j', (from, to) => {
    expect(second(writePack('xliff', pack, { xliffVersion: '2.0' }).replace(from, to)).status).not.toBe(0)
  })
})

describe('gettext', () => {
  const check = (text: string) => run('msgfmt', '--check', '--output-file=/dev/null', save('pack.po', text))

  test('accepts our PO without a word, translated or not', () => {
    expect(check(writePack('po', pack))).toEqual({ status: 0, said: '' })
    expect(check(writePack('po', withTarget('by', 'بقلم {names}')))).toEqual({ status: 0, said: '' })
  })

  test('would find a lost argument, an entry twice and a text cut off', () => {
    const written = writePack('po', pack)
    expect(check(writePack('po', withTarget('by', 'بقلم {name}'))).said).toContain("argument 'name' doesn't exist in 'msgid'")
    expect(check(`${written}\n${written.slice(written.indexOf('\n\n'))}`).said).toContain('duplicate message definition')
    expect(check(written.slice(0, -2)).status).not.toBe(0)
  })
})

describe('translate-toolkit', () => {
  const faultsIn = (format: 'xliff12' | 'po', each: Pack) => {
    const ending = format === 'po' ? 'po' : 'xlf'
    rmSync(join(folder, `filtered.${ending}`), { force: true })
    const tests = ['-t', 'numbers', '-t', 'urls', '-t', 'pythonbraceformat', '--nofuzzy']
    const { status } = run(
      'pofilter',
      '--language=ar',
      ...tests,
      save(`checked.${ending}`, writePack(format, each)),
      `filtered.${ending}`,
    )
    expect(status).toBe(0)
    try {
      return saved(`filtered.${ending}`)
    } catch {
      return '' // It writes no file where it finds nothing.
    }
  }

  test('pofilter reads our PO and our XLIFF 1.2, and finds the number and the argument that were lost', () => {
    const approved = { ...withTarget('by', 'بقلم {names}'), isApproved: true }
    expect(faultsIn('po', approved)).not.toContain('(pofilter)')
    expect(faultsIn('xliff12', approved)).not.toContain('pofilter')
    expect(faultsIn('po', withTarget('by', 'بقلم {name}'))).toContain('(pofilter) pythonbraceformat')
    expect(faultsIn('po', withTarget('number', 'فيه مراسٍ'))).toContain('(pofilter) numbers')
    expect(faultsIn('xliff12', { ...withTarget('number', 'فيه مراسٍ'), isApproved: true })).toContain('numbers')
  })

  test('pocount counts every text of each', () => {
    for (const name of [save('counted.po', writePack('po', pack)), save('counted.xlf', writePack('xliff12', pack))]) {
      const { status, said } = run('pocount', name)
      expect(status).toBe(0)
      expect(Number(/^Total:\s+(\d+)/m.exec(said)?.[1])).toBe(pack.units.length)
    }
    expect(run('pocount', save('broken.xlf', '<xliff')).said).not.toMatch(/^Total:\s+[1-9]/m)
  })

  test('xliff2po makes a PO of our XLIFF 1.2, with a text for each of ours', () => {
    const { status } = run('xliff2po', save('converted.xlf', writePack('xliff12', pack, { copySource: true })), 'converted.po')
    expect(status).toBe(0)
    expect(PO.parse(saved('converted.po')).items).toHaveLength(pack.units.length)
    expect(run('msgfmt', '--output-file=/dev/null', 'converted.po').status).toBe(0)
  })
})

const project = `<?xml version="1.0" encoding="UTF-8"?>
<omegat><project version="1.0">
  <source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir><tm_dir>__DEFAULT__</tm_dir>
  <glossary_dir>__DEFAULT__</glossary_dir><glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
  <source_lang>EN</source_lang><target_lang>AR</target_lang><sentence_seg>false</sentence_seg>
  <support_default_translations>true</support_default_translations><remove_tags>false</remove_tags>
</project></omegat>
`

describe('OmegaT', () => {
  const prefix = 'ترجمة: '

  /** A memory with a translation of every text that OmegaT sees: its English behind a prefix, its codes after `change`. */
  function translateAll(change: (text: string) => string): void {
    const said = run(
      'omegat',
      'project',
      '--mode=console-createpseudotranslatetmx',
      '--pseudotranslatetmx=seen.tmx',
      '--config-dir=config',
    )
    expect(said.status).toBe(0)
    const memory = saved('seen.tmx').replace(
      /(<tuv lang="AR">\s*<seg>)((?!Project-Id).*?)(?=<\/seg>)/gs,
      (_, before: string, text: string) => before + prefix + change(text),
    )
    save('project/tm/auto/translator.tmx', memory)
    expect(run('omegat', 'project', '--mode=console-translate', '--config-dir=config').status).toBe(0)
  }

  const back = (name: string) => readPack(name, readFileSync(join(folder, 'project/target', name)))

  beforeAll(() => {
    for (const each of ['source', 'target', 'tm/auto', 'omegat', 'glossary', 'dictionary']) {
      mkdirSync(join(folder, 'project', each), { recursive: true })
    }
    mkdirSync(join(folder, 'config'))
    save('project/omegat.project', project)
    save('project/source/copied.xlf', writePack('xliff12', pack, { copySource: true }))
    save('project/source/empty.xlf', writePack('xliff12', pack))
    save('project/source/pack.po', writePack('po', pack))
  })

  test('translates our XLIFF 1.2 and our PO, and both come back with their codes', () => {
    translateAll((text) => text)
    const expected = {
      'copied.xlf': (unit: Unit) => prefix + (unit.state === 'current' ? unit.target : unit.source),
      'pack.po': (unit: Unit) => (unit.state === 'current' ? unit.target : prefix + unit.source),
    }
    for (const [name, textOf] of Object.entries(expected)) {
      const { targets, done: _done, isDoneUnsaid: _, ...claims } = back(name)
      expect(claims).toEqual({ name: 'harbour-closes', source: 'en', locale: 'ar', sourceRevision: 3 })
      expect(Object.fromEntries(targets)).toEqual(Object.fromEntries(pack.units.map((unit) => [unit.id, textOf(unit)])))
    }
    const schema = ['--nonet', '--noout', '--schema', 'xliff-core-1.2-strict.xsd']
    expect(run('xmllint', ...schema, 'project/target/copied.xlf')).toMatchObject({ status: 0 })
    expect(run('msgfmt', '--check', '--output-file=/dev/null', 'project/target/pack.po').status).toBe(0)
  })

  test('does not see a text whose translation is empty, which is what the copied English is for', () => {
    const untranslated = pack.units.filter(({ target }) => target === '').map(({ id }) => back('empty.xlf').targets.get(id))
    expect(new Set(untranslated)).toEqual(new Set(['']))
  })

  test('would bring back a text without its link, had a translator lost the code', () => {
    translateAll((text) => text.replaceAll(/&lt;x\d+\/&gt;/g, ''))
    expect(back('copied.xlf').targets.get('body.closure')).toBe(`${prefix}The port closed on Monday, as its notice says.`)
  })
})
