import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { readProgram } from '../../src/doors/program'
import { makerNames } from '../../src/language/makers'
import { root } from '../support/server'

const folder = mkdtempSync(join(tmpdir(), 'vernacular-makers-'))
afterAll(() => rmSync(folder, { recursive: true }))

const library = 'node_modules/markdown-it/dist/markdown-it.mjs'

/** A copy of the tree in which a file can be changed: also one of a library. */
function aCopy(): string {
  const copy = mkdtempSync(join(folder, 'copy-'))
  for (const name of ['src', 'locales', 'db', 'test/support', 'package.json', 'package-lock.json', 'tsconfig.json']) {
    cpSync(join(root, name), join(copy, name), { recursive: true })
  }
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== 'markdown-it') symlinkSync(join(root, 'node_modules', name), join(copy, 'node_modules', name))
  }
  cpSync(join(root, 'node_modules/markdown-it'), join(copy, 'node_modules/markdown-it'), { recursive: true, dereference: true })
  return copy
}

const copy = aCopy()

/** What somebody may change, one thing at a time: in a file, what it says, and what it says then. */
interface Change {
  readonly what: string
  readonly file: string
  readonly says: string | RegExp
  readonly then: string
}

const inside = (file: string, what: string, says: string | RegExp, then: string): Change => ({ what, file, says, then })
const nothing = [
  inside('src/mail/smtp.ts', 'a comment in the mailer', /^/, '// Says nothing.\n'),
  inside('src/editions/article.tsx', 'a comment in a component', /$/, '\n// Says nothing.\n'),
  inside('src/editions/css/lead.css', 'a rule of the style sheet', /$/, '\n.lead { color: red; }\n'),
  inside('package-lock.json', 'a new line in the lock file', /$/, '\n'),
  inside('locales/en/newsroom.json', 'a word that only the newsroom reads', /": "/, '": "So: '),
  inside('src/translations/checks/numbers.ts', 'a check of translations', /^/, 'export const another = 1\n'),
]
const makers: readonly (Change & { readonly changed: readonly string[] })[] = [
  {
    ...inside('src/editions/article.tsx', 'a component of the article', 'class="lead"', 'class="lead led"'),
    changed: ['edition'],
  },
  {
    ...inside('src/editions/notice-box.tsx', 'a component of the notice', 'class="notice"', 'class="notice told"'),
    changed: ['answer'],
  },
  { ...inside('src/ui/footer.tsx', 'the frame', 'class="colophon"', 'class="colophon all"'), changed: ['frame'] },
  {
    ...inside(
      'src/search/units.ts',
      'how search takes words apart',
      /normalize\('NFKC'\)\.toLowerCase/,
      "normalize('NFC').toLowerCase",
    ),
    changed: ['entry'],
  },
  { ...inside('src/editions/share-card.ts', 'what a card says', "join(' · ')", "join(' – ')"), changed: ['answer', 'card'] },
  { ...inside('src/printing/material.ts', 'what counts as a change', "=== 'material'", "!== 'typo'"), changed: ['answer'] },
  {
    ...inside(library, 'a library', 'isStrong ? "strong" : "em"', 'isStrong ? "b" : "em"'),
    changed: ['edition', 'answer', 'entry'],
  },
]
const words: readonly Change[] = [
  inside('locales/es/site.json', 'a word of the menu', /("layout\.account": ")/, '$1Mi '),
  inside('locales/es/site.json', 'a word on the article', /("briefing\.sources-intro": ")/, '$1Mira: '),
  inside('locales/en/site.json', 'an English word on the article', /("passage\.note": ")/, '$1See '),
  inside('locales/es/site.json', 'a word of a notice', /("notice\.not-yet-available": ")/, '$1Aviso: '),
  inside('locales/es/glossary.json', 'a term of the glossary', 'Comisión Europea', 'Comisión de la Unión'),
  inside('db/images/mistral-and-the-eu-ai-act.svg', 'a picture', /$/, '\n'),
  inside('locales/index.json', 'a language that is shown in public', '"preview"', '"public"'),
]
/** Runs something in the copy while the change is made. */
function changed<Found>({ file, says, then }: Change, work: () => Found): Found {
  const path = join(copy, file)
  const before = readFileSync(path, 'utf8')
  const after = before.replace(says, then)
  expect(after).not.toBe(before)
  writeFileSync(path, after)
  try {
    return work()
  } finally {
    writeFileSync(path, before)
  }
}

describe('a maker', () => {
  const before = readProgram(copy).makers
  const different = () => {
    const { makers } = readProgram(copy)
    return makerNames.filter((name) => JSON.stringify(makers[name]) !== JSON.stringify(before[name]))
  }

  test('is the same in a copy of the tree', () => {
    expect(readProgram(root).makers).toEqual(before)
  })

  test.each(nothing)('is the same after $what', (change) => {
    expect(changed(change, different)).toEqual([])
  })

  test.each(makers)('is another after $what, if it goes through it: $changed', (change) => {
    expect(changed(change, different)).toEqual(makerNames.filter((name) => change.changed.includes(name)))
  })
})

interface Row {
  readonly kind: string
  readonly place: string
  readonly print: number
  readonly bytes: string
}

/** Runs the copy as it stands: it prints what waits in a database. Returns all printed rows. A new database gets the samples first. */
function rowsOf(database: string, env: Readonly<Record<string, string>> = {}): ReadonlyMap<string, Row> {
  const script = join(copy, 'test/support/printed-rows.ts')
  const output = execFileSync(process.execPath, ['--import', 'tsx', script, database, '2030-01-01T00:00:00Z'], {
    cwd: copy,
    env: { ...process.env, ...env },
    maxBuffer: 1e9,
    encoding: 'utf8',
  })
  return new Map((JSON.parse(output) as readonly Row[]).map((row) => [`${row.kind} ${row.place}`, row]))
}

describe('the rows that a deployment prints again', () => {
  const printed = join(folder, 'printed.db')
  const before = rowsOf(printed)

  /** The places that are printed again, those that have other bytes, and those that a new site has otherwise than this one. */
  function told(number: number, env?: Readonly<Record<string, string>>) {
    const [mine, fresh] = [join(folder, `${number}.db`), join(folder, `${number}-new.db`)]
    cpSync(printed, mine)
    const [rows, anew] = [rowsOf(mine, env), rowsOf(fresh, env)]
    const places = (differs: (row: Row, place: string) => boolean) =>
      [...rows].filter(([place, row]) => differs(row, place)).map(([place]) => place)
    return {
      again: places((row, place) => row.print !== before.get(place)?.print),
      other: places((row, place) => row.bytes !== before.get(place)?.bytes),
      missed: [
        ...places((row, place) => row.bytes !== anew.get(place)?.bytes),
        ...[...anew.keys()].filter((place) => !rows.has(place)),
      ],
    }
  }

  // The whole of it takes minutes: `npm run prove` runs it. The suite has one of each sort.
  const isWhole = inject('rounds') > 1
  const some = <Item>(items: readonly Item[], at: number) => (isWhole ? items : items.slice(at, at + 1))

  test.each(some([...nothing, ...words.slice(0, 1)], 6))('are none after $what', (change) => {
    const { again, other, missed } = changed(change, () => told(nothing.indexOf(change)))
    expect([again, other, missed]).toEqual([[], [], []])
  })

  test.each(some([...words.slice(1), ...makers], 0))('are all that $what makes otherwise', (change) => {
    const { again, other, missed } = changed(change, () => told(100 + [...words, ...makers].indexOf(change)))
    expect(missed).toEqual([])
    expect(other.filter((place) => !again.includes(place))).toEqual([])
  })

  test.runIf(isWhole)('are all that a setting makes otherwise', () => {
    const { again, other, missed } = told(99, { SITE_NAME: 'Another' })
    expect(missed).toEqual([])
    expect(other.length).toBeGreaterThan(0)
    expect(other.filter((place) => !again.includes(place))).toEqual([])
  })

  test('are compared with what a new site has: a row that is wrong is found', () => {
    const { missed } = changed(inside('locales/es/site.json', 'a word', /("briefing\.sources-intro": ")/, '$1Mira: '), () => {
      const anew = rowsOf(join(folder, 'wrong.db'))
      return { missed: [...before].filter(([place, row]) => row.bytes !== anew.get(place)?.bytes).map(([place]) => place) }
    })
    expect(missed.length).toBeGreaterThan(0)
    expect(missed.every((place) => /^edition .* es \d$/.test(place))).toBe(true)
  })
})
