import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { vernacular } from '../support/command'
import { inDatabase } from '../support/server'

const slug = 'uk-merger-case-microsoft-mistral'
const draft = 'mistral-and-the-eu-ai-act'

let folder: string
let site: { readonly environment: Record<string, string> }
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vernacular-publishing-'))
  site = { environment: { DATABASE_PATH: join(folder, 'site.db'), ORIGIN: 'https://briefings.example' } }
  expect(command('load').status).toBe(0)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const command = (...words: readonly string[]) => vernacular(site.environment, ...words)

/** The same command, which has to be done; and what it says. */
function done(...words: readonly string[]): string {
  const { status, out, error } = command(...words)
  expect([words, status, error]).toEqual([words, 0, expect.not.stringContaining('Error')])
  return out
}

/** What readers who ask in a language have of a briefing: the language, and the title. */
const readersHave = (asked: string, of = slug) =>
  inDatabase(site, (file) => {
    const sql = `select e.locale, json_extract(e.card, '$.title.text') as title from resolution as r join edition as e on e.briefing_id = r.briefing_id and e.locale = r.served
      where r.asked = ? and r.slug = ? and e.tier = 0`
    const row = file.prepare(sql).get(asked, of) as { readonly locale: string; readonly title: string } | undefined
    return row && [row.locale, row.title]
  })

/** The file of a translation with another title. */
function edited(locale: string, title: string, of = slug): string {
  const out = join(folder, 'packs')
  done('export', locale, of, '--format', 'json', '--out', out)
  const pack = JSON.parse(readFileSync(join(out, locale, `${of}.json`), 'utf8')) as { segments: Record<string, string> }
  pack.segments['title'] = title
  const path = join(folder, `${of}.json`)
  writeFileSync(path, JSON.stringify(pack))
  return path
}

const saved = (locale: string) => `Saved, not published. To give it to readers: publish ${slug} ${locale}\n`

interface Row {
  readonly aside: readonly string[]
  readonly slug: string
  readonly locale: string
  readonly state: string
  readonly published: string
}
const standing = (locale: string) =>
  (JSON.parse(done('status', '--locale', locale, '--json')) as readonly Row[]).find((row) => row.slug === slug)

describe('what two people sent for one text', () => {
  test('is found by status and the next export, until somebody keeps what stands', () => {
    const ada = edited('pl', 'Microsoft, Mistral i tytuł Ady')
    const ben = join(folder, 'ben', `${slug}.json`)
    mkdirSync(join(folder, 'ben'))
    writeFileSync(ben, readFileSync(ada, 'utf8').replace('tytuł Ady', 'tytuł Bena'))
    done('import', ada)
    const { status, out } = command('import', ben)
    expect([status, out]).toEqual([1, expect.stringContaining('A new export shows yours beside it.')])
    expect(standing('pl')?.aside).toEqual(['title'])
    const told = `${slug}: 1 text has another set aside in pl. To see both: export pl ${slug}\n`
    expect(done('status')).toContain(told)
    expect(done('status', '--locale', 'pl')).toMatch(/^ {2}set aside {2}title$/m)
    done('export', 'pl', slug, '--format', 'po', '--out', join(folder, 'po'))
    expect(readFileSync(join(folder, 'po', 'pl', `${slug}.po`), 'utf8')).toMatch(
      new RegExp(`^#\\. Another text was sent \\(${slug}\\.json, .* UTC\\): “Microsoft, Mistral i tytuł Bena”$`, 'm'),
    )
    expect(done('confirm', 'pl', slug, 'title', '--by', 'Ada')).toContain('title: confirmed\n')
    expect([standing('pl')?.aside, done('status').includes('set aside in')]).toEqual([[], false])
  })

  test('from the same place is taken, and what it replaced is told', () => {
    const path = edited('pl', 'Microsoft, Mistral i jeden tytuł')
    const [first, second] = [readFileSync(path, 'utf8'), 'Microsoft, Mistral i inny tytuł']
    done('import', path)
    writeFileSync(path, first.replace('Microsoft, Mistral i jeden tytuł', second))
    expect(done('import', path)).toContain('    replaced: Microsoft, Mistral i jeden tytuł\n')
    expect(standing('pl')?.aside).toEqual([])
  })
})

describe('what a command saves of a published translation', () => {
  test('is said to be saved and not published, by the receipt and by status, until it is published', () => {
    const before = readersHave('pl')
    expect(before?.[0]).toBe('pl')
    const file = edited('pl', 'Microsoft, Mistral i tytuł, który jest inny')
    expect(done('import', file)).toMatch(
      new RegExp(`: 1 accepted, \\d+ unchanged.*\n(?:  title: warning: .*\n)*  ${saved('pl')}$`),
    )
    expect(readersHave('pl')).toEqual(before)
    expect(standing('pl')).toMatchObject({ state: 'draft', published: 'earlier' })
    const table = done('status')
    expect(table).toMatch(new RegExp(`^${slug} +pl +draft +earlier `, 'm'))
    expect(table).toMatch(new RegExp(`^${slug} +es +approved +newest `, 'm'))
    expect(table.endsWith(`\n${slug}: ${saved('pl')}`)).toBe(true)

    expect(done('publish', slug, 'pl', '--dry-run')).toBe(`${slug}: would be published in pl.\nDry run: nothing was changed.\n`)
    expect(readersHave('pl')).toEqual(before)
    expect(done('publish', slug, 'es', 'pl')).toBe(`${slug}: published in pl.\nReaders have the newest in es already.\n`)
    expect(readersHave('pl')).toEqual(['pl', 'Microsoft, Mistral i tytuł, który jest inny'])
    expect(standing('pl')).toMatchObject({ state: 'approved', published: 'newest' })
    expect(done('publish', slug, 'pl')).toBe(`${slug}: readers have all of it already.\n`)
    expect(done('status')).not.toContain(saved('pl'))
  })

  test.each([['--publish'], ['--state', 'approved']])('reaches readers at once by import %s %s', (...option) => {
    const file = edited('pl', 'Microsoft, Mistral i tytuł, który jest inny')
    const before = readersHave('pl')
    expect(done('import', file, ...option, '--dry-run')).not.toContain('not published')
    expect(readersHave('pl')).toEqual(before)
    expect(done('import', file, ...option)).not.toContain('not published')
    expect(readersHave('pl')).toEqual(['pl', 'Microsoft, Mistral i tytuł, który jest inny'])
    expect(command('import', file, '--publish', '--state', 'draft')).toMatchObject({
      status: 1,
      error: expect.stringContaining('--publish or --state'),
    })
  })

  test('is a confirmation beside the rest: readers get it by publish, or at once by confirm --publish', () => {
    const [here, there] = [
      ['es', slug],
      ['zh-Hans', 'mistral-funding-and-valuation'],
    ] as const
    const freshness = (locale: string, of: string) =>
      inDatabase(site, (file) => {
        const sql = `select json_extract(resolution, '$.freshness') as freshness from resolution where asked = ? and slug = ?`
        return (file.prepare(sql).get(locale, of) as { readonly freshness: string }).freshness
      })
    const both = () => [freshness(...here), freshness(...there)]
    expect(both()).toEqual(['outdated', 'outdated'])
    expect(done('confirm', ...here, '--by', 'Ada')).toMatch(new RegExp(`: confirmed\n${saved('es')}$`))
    expect(both()).toEqual(['outdated', 'outdated'])
    done('publish', slug, 'es')
    expect(both()).toEqual(['current', 'outdated'])
    expect(done('confirm', ...there, '--by', 'Ada', '--publish')).toMatch(/: confirmed\n$/)
    expect(both()).toEqual(['current', 'current'])
  })
})

describe('publish', () => {
  test('gives readers the English, or nothing and every reason', () => {
    expect(readersHave('es', draft)).toBe(undefined)
    const refused = command('publish', draft, 'es', 'en', 'ca', '--json')
    expect(refused.status).toBe(1)
    const { error } = JSON.parse(refused.out) as { error: { message: string } }
    expect(error.message.split('\n').slice(1)).toEqual(
      ['es', 'ca'].map((locale) => `There is no translation of ${draft} into ${locale} to publish.`),
    )
    expect(readersHave('en', draft)).toBe(undefined)
    expect(done('publish', draft)).toBe(`${draft}: published in en.\n`)
    expect(readersHave('es', draft)?.[0]).toBe('en')
    expect(JSON.parse(done('publish', draft, 'en', '--json'))).toEqual({
      slug: draft,
      locales: [],
      isPublic: true,
      isTrial: false,
    })
  })

  test('says how many warnings there are in the texts that readers get, and how to see them', () => {
    done('import', edited('pl', 'Microsoft, Mistral i 900 tytułów'))
    const many = '1 warning in the texts that readers get. To see it: check --database\n'
    expect(done('publish', slug, 'pl', '--dry-run')).toContain(many)
    expect(done('publish', slug, 'pl')).toBe(`${slug}: published in pl.\n${many}`)
    const seen = done('check', '--database')
    expect(seen).toContain(`${slug}, pl: title: numbers: The text has “900”, but the English does not.`)
    expect(seen).toMatch(/, 1 warning\.\n$/)
    expect(done('import', edited('pl', 'Microsoft, Mistral i 90 tytułów'), '--publish')).toContain(`  Published.\n  ${many}`)
    expect(done('publish', slug, 'pl')).not.toContain('warning')
  })

  test('takes a language as people type it, and says which is meant', () => {
    const out = join(folder, 'typed')
    expect(JSON.parse(done('export', 'pl_PL', slug, '--out', out, '--json'))).toEqual({ files: [join(out, 'pl', `${slug}.xlf`)] })
    expect(done('withdraw', slug, 'PL')).toBe(`${slug}: withdrawn in pl.\n`)
    expect(done('publish', slug, 'pl-pl')).toBe(`${slug}: published in pl.\n`)
    expect(command('export', 'pt_PT').error).toMatch(/^This site is not translated into pt_PT\. .* Did you mean pt-BR\?\n$/)
  })

  test('asks for somebody who may, where it is said who decides', () => {
    done('people', 'add', 'ada@example.org', '--role', 'translator:pl')
    done('people', 'add', 'bea@example.org', '--role', 'reviewer:pl')
    done('people', 'add', 'cem@example.org', '--role', 'editor')
    done('import', edited('pl', 'Microsoft, Mistral i tytuł, który jest inny'))
    const by = (address: string, ...words: readonly string[]) => command(...words, '--by', address)
    const another = edited('pl', 'Microsoft, Mistral i jeszcze inny tytuł')
    const { status, out } = by('ada@example.org', 'import', another, '--publish')
    expect([status, out]).toEqual([
      1,
      `${another}: refused: ada@example.org may save translations into pl, but not publish them. Leave out --publish (--state approved) to save it.\n`,
    ])
    for (const [address, words, sentence] of [
      ['ada@example.org', ['publish', slug, 'pl'], 'may not approve translations into pl'],
      ['bea@example.org', ['publish', draft], 'bea@example.org may not publish briefings'],
      ['bea@example.org', ['take-back', slug], 'bea@example.org may not publish briefings'],
      ['ada@example.org', ['withdraw', slug, 'pl'], 'may not approve translations into pl'],
      ['dan@example.org', ['publish', slug, 'pl'], 'Nobody has the address dan@example.org'],
    ] as const) {
      expect([address, by(address, ...words)]).toEqual([
        address,
        expect.objectContaining({ status: 1, error: expect.stringContaining(sentence) }),
      ])
    }
    expect(by('bea@example.org', 'publish', slug, 'pl').status).toBe(0)
    expect(by('cem@example.org', 'publish', draft).status).toBe(0)
    const people = JSON.parse(done('people', 'list', '--json')) as readonly { id: string; address: string }[]
    const acts = JSON.parse(done('audit', '--json')) as readonly { act: string; actor: string }[]
    const who = acts.flatMap(({ act, actor }) =>
      act === 'published' ? (people.find(({ id }) => id === actor)?.address ?? []) : [],
    )
    expect(who.toSorted()).toEqual(['bea@example.org', 'cem@example.org'])
  })
})

describe('withdraw', () => {
  test('takes a translation from readers, and not the English, which is taken back as a whole', () => {
    done('import', edited('pl', 'Microsoft, Mistral i tytuł, który jest inny'))
    expect(done('withdraw', slug, 'pl', '--dry-run')).toBe(`${slug}: would be withdrawn in pl.\nDry run: nothing was changed.\n`)
    expect(readersHave('pl')?.[0]).toBe('pl')
    expect(done('withdraw', slug, 'pl')).toBe(`${slug}: withdrawn in pl.\n`)
    expect(readersHave('pl')?.[0]).toBe('en')
    expect(standing('pl')).toMatchObject({ state: 'withdrawn', published: 'nothing' })
    expect(command('withdraw', slug, 'pl').error).toContain(`${slug} is not published in pl.`)
    expect(command('withdraw', slug, 'en').status).toBe(1)
    done('publish', slug, 'pl')
    expect(readersHave('pl')).toEqual(['pl', 'Microsoft, Mistral i tytuł, który jest inny'])
  })
})

describe('take-back', () => {
  test('takes a briefing from readers in every language, with a reason; no file that is loaded again brings it back', () => {
    const why = 'We could not confirm its main source.'
    expect(done('take-back', slug, '--why', why, '--dry-run')).toContain('Dry run: nothing was changed.')
    expect(readersHave('en')?.[0]).toBe('en')
    expect(done('take-back', slug, '--why', why)).toBe(`${slug}: taken back in every language.\n`)
    expect(done('status')).toMatch(
      new RegExp(`^${slug}: taken back since [-0-9]+ [:0-9]+ UTC\\. To give it back to readers: publish ${slug} en$`, 'm'),
    )
    expect(['en', 'pl', 'ca'].map((locale) => readersHave(locale))).toEqual([undefined, undefined, undefined])
    const kept = () => inDatabase(site, (file) => file.prepare('select slug, why from taken_back').all())
    expect(kept()).toContainEqual({ slug, why })
    const { status, error } = command('load')
    expect([status, error]).toEqual([0, expect.stringContaining(`${slug}: the database is newer than the file in en.`)])
    expect(readersHave('en')).toBe(undefined)
    expect(command('take-back', slug).error).toContain(`${slug} is not published in en.`)
    expect(done('publish', slug)).toBe(`${slug}: published in en.\n`)
    expect([readersHave('pl')?.[0], kept()]).toEqual(['pl', []])
    expect(command('take-back', slug, '--why', 'a\u202eb').error).toMatch(/^why: /)
  })
})

describe('load', () => {
  test('of a draft says how to publish it, and publishes nothing', () => {
    const { status, out, error } = command('load')
    expect([status, out + error]).toEqual([
      0,
      expect.stringContaining(`not published. To give it to readers: publish ${draft} en`),
    ])
    expect(readersHave('en', draft)).toBe(undefined)
  })
})

describe('remove', () => {
  const doomed = 'european-data-centre-investment'
  const why = ['--why', 'A person in it asked for it.']

  test('says what would go, and removes nothing before it is confirmed', () => {
    for (const words of [[], ['--dry-run'], ['--yes', '--dry-run']]) {
      const { status, out } = command('remove', doomed, ...why, ...words)
      expect([words, status]).toEqual([words, words.length === 0 ? 1 : 0])
      expect(out).toMatch(/would be removed for good, with all of it; .*revisions: \d+; pages: \d+/)
    }
    expect(command('remove', doomed, ...why).error).toContain(`Nothing was removed. To remove ${doomed} for good, add --yes.`)
    expect(command('remove', doomed, '--yes').status).toBe(1)
    expect(command('changes', doomed).status).toBe(0)
  })

  test('removes it with --yes, once; its file does not bring it back', () => {
    const { status, out } = command('remove', doomed, ...why, '--yes', '--json')
    expect([status, JSON.parse(out)]).toMatchObject([0, { slug: doomed, isTrial: false }])
    expect(command('remove', doomed, ...why, '--yes').error).toContain(`There is no briefing called ${doomed}.`)
    expect(command('load').error).toContain(`${doomed} was removed for good.`)
  })
})
