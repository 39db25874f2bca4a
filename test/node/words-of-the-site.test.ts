import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { kit } from '#runtime'
import { listNames } from '../../src/language/word-lists'
import { parts } from '../../src/settings/settings'
import { root } from '../support/server'

const { vocabulary, confidence } = kit.settings
const grades = (confidence?.grades ?? []).map(({ id }) => id)

/** Each list with its words. Grades are a list too. */
const lists = [...listNames.map((list) => [list, vocabulary[list]] as const), ['grade', grades] as const]

/** Words that the program has as names of something else: parts of a briefing, and single letters. */
const isAmbiguous = (word: string) => word.length === 1 || (parts as readonly string[]).includes(word)

/** Where code names a word of the sample: as a literal, as the key of its name, or as a class of its mark. */
function namedIn(code: string): readonly string[] {
  return lists.flatMap(([list, words]) =>
    words.filter((word) => {
      const key = new RegExp(`["'\`]${list}\\.${word}(?:\\.\\w+)?["'\`]`)
      const literal = new RegExp(`["'\`]${word}["'\`]`)
      const mark = new RegExp(`\\.(?:impact|risk|grade)(?:\\.|\\[class~="?)${word}\\b`)
      return key.test(code) || mark.test(code) || (!isAmbiguous(word) && literal.test(code))
    }),
  )
}

const { tiers } = kit.settings

/** Where code names a tier of the sample, in any way. Comments count too. */
const tiersIn = (code: string): readonly string[] =>
  tiers.filter(({ id }) => new RegExp(`\\b${id}\\b`, 'i').test(code)).map(({ id }) => id)

describe('the tiers of the sample', () => {
  test('are named nowhere in the program: they are the site’s', () => {
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(tsx?|css|js)$/.test(name),
    )
    expect(files.length).toBeGreaterThan(300)
    const drawn = ['editions/css/tiers.css', 'settings/logo.ts'] // A circle is a form of CSS and of SVG, too.
    expect(files.filter((file) => tiersIn(readFileSync(join(root, 'src', file), 'utf8')).length > 0).sort()).toEqual(drawn)
  })

  test.each(["person.tier === 'alliance'", 't(`tier.circle`)', "get('/join/circle')", '/** Admitted to the Alliance. */'])(
    'would be found, in %j',
    (code) => {
      expect(tiersIn(code)).toHaveLength(1)
    },
  )
})

describe('the program', () => {
  test('names no category, domain, kind, grade or other word of the sample: they are the site’s', () => {
    const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      /\.(tsx?|css|js)$/.test(name),
    )
    expect(files.length).toBeGreaterThan(300)
    const found = files.flatMap((file) =>
      namedIn(readFileSync(join(root, 'src', file), 'utf8')).map((word) => `${file}: ${word}`),
    )
    expect(found).toEqual([])
  })

  test.each([
    "if (facts.category === 'regulation') return",
    "words.t('category.event')",
    "words.t('impact.high.stated')",
    "z.enum(['low', 'medium'])",
    '.impact.critical { color: red }',
    '.risk[class~="high"] { color: red }',
    "const grade = 'ab'",
    'words.named(`grade.a`)',
    "case 'near-term':",
  ])('would be found to, in %j', (code) => {
    expect(namedIn(code).length).toBeGreaterThan(0)
  })

  test.each(["words.named('category.' + category)", "t('fact.category')", "{ event: event.name, 'event': 1 }"])(
    'may say %j',
    (code) => {
      expect(namedIn(code)).toEqual([])
    },
  )
})
