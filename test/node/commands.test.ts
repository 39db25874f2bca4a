import { describe, expect, test } from 'vitest'
import { helpOn } from '../../src/doors/command-help'
import { acts } from '../../src/members/audit'
import { allCommands } from '../support/commands'
import { commands } from '../support/rights'

describe('the table of commands', () => {
  test('has a row for every command, and no row for what is none', () => {
    expect(Object.keys(commands).toSorted()).toEqual(allCommands.map(([path]) => path).toSorted())
  })

  test('names acts that there are, and every act that changes who may do what', () => {
    const noted = new Set(Object.values(commands).flat())
    noted.delete('nothing is noted')
    expect([...noted].filter((each) => !acts.some((act) => act === each))).toEqual([])
    const byItself = ['release-held']
    const byPeople = ['joined', 'signed-in', 'signed-out', 'passkey-added', 'passkey-removed', 'request-refused']
    expect(acts.filter((act) => !noted.has(act) && ![...byPeople, ...byItself].includes(act))).toEqual([])
  })
})

/** The commands of which something is wrong. */
const wrong = (isWrong: (command: (typeof allCommands)[number][1], path: string) => boolean) =>
  allCommands.flatMap(([path, command]) => (isWrong(command, path) ? [path] : []))

describe('every command', () => {
  test('has JSON, and no option that is named as an argument of it, or as help', () => {
    expect(wrong(({ options }) => options['json']?.type !== 'flag')).toEqual([])
    const taken = ({ positionals }: (typeof allCommands)[number][1]) => ['help', 'h', ...Object.keys(positionals)]
    expect(wrong((command) => taken(command).some((name) => Object.hasOwn(command.options, name)))).toEqual([])
  })

  test('has only one argument that is given several times, or need not be given: the last', () => {
    const before = ({ positionals }: (typeof allCommands)[number][1]) => Object.values(positionals).slice(0, -1)
    expect(wrong((command) => before(command).some(({ required, multiple }) => !required || multiple === true))).toEqual([])
  })

  test('shows an example of itself in its help', () => {
    const exampleOf = (path: string, example: string) => `\nExample: npm run vernacular -- ${`${path} ${example}`.trim()}\n`
    expect(wrong((command, path) => !helpOn(command, path).endsWith(exampleOf(path, command.example)))).toEqual([])
  })
})
