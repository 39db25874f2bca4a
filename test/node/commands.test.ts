import { describe, expect, test } from 'vitest'
import { type Group, isGroup, type Leaf } from '../../src/doors/command'
import { program } from '../../src/doors/commands/program'
import { acts } from '../../src/members/audit'
import { commands } from '../support/rights'

/** The commands that do something, by the words that they are given with. */
const given = ({ commands }: Group, path: readonly string[] = []): readonly (readonly [string, Leaf])[] =>
  commands.flatMap((each) =>
    isGroup(each) ? given(each, [...path, each.name]) : [[[...path, each.name].join(' '), each] as const],
  )

const all = given(program)

describe('the table of commands', () => {
  test('has a row for every command, and no row for what is none', () => {
    expect(Object.keys(commands).toSorted()).toEqual(all.map(([words]) => words).toSorted())
  })

  test('names acts that there are, and every act that changes who may do what', () => {
    const noted = new Set(Object.values(commands).flat())
    noted.delete('nothing is noted')
    expect([...noted].filter((each) => !acts.some((act) => act === each))).toEqual([])
    const byPeople = ['joined', 'signed-in', 'signed-out', 'passkey-added', 'passkey-removed', 'request-refused']
    expect(acts.filter((act) => !noted.has(act) && !byPeople.includes(act))).toEqual([])
  })
})

describe('the definitions of commands', () => {
  test('give no option and no argument of a command the same name, and none the name of help', () => {
    const wrong = all.filter(([, { options, positionals }]) =>
      ['help', 'h', ...Object.keys(positionals)].some((name) => Object.hasOwn(options, name)),
    )
    expect(wrong.map(([words]) => words)).toEqual([])
  })

  test('let only the last argument be one of several, or one that need not be there', () => {
    const wrong = all.filter(([, { positionals }]) =>
      Object.values(positionals)
        .slice(0, -1)
        .some(({ required, multiple }) => !required || multiple),
    )
    expect(wrong.map(([words]) => words)).toEqual([])
  })
})
