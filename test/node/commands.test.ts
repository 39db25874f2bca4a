import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandDef } from 'citty'
import { describe, expect, test } from 'vitest'
import { acts } from '../../src/members/audit'
import { commands } from '../support/rights'

const folder = join(import.meta.dirname, '../../src/commands')

/** The commands of the files of commands, by the words that they are given with. */
async function commandsThatThereAre(): Promise<readonly string[]> {
  const found: string[] = []
  for (const file of readdirSync(folder)) {
    const exported = Object.values((await import(join(folder, file))) as Record<string, unknown>)
    for (const each of exported.filter(isCommand)) {
      if (each.meta.name !== 'token') found.push(...wordsOf(each)) // It is given as `people token`, and in no other way.
    }
  }
  return found
}

type Named = CommandDef & { readonly meta: { readonly name: string } }

const isCommand = (value: unknown): value is Named =>
  typeof value === 'object' && value !== null && 'meta' in value && ('run' in value || 'subCommands' in value)

function wordsOf({ meta, subCommands }: Named): readonly string[] {
  if (!subCommands) return [meta.name]
  return Object.values(subCommands)
    .filter(isCommand)
    .flatMap(wordsOf)
    .map((words) => `${meta.name} ${words}`)
}

describe('the table of commands', () => {
  test('has a row for every command, and no row for what is none', async () => {
    expect(Object.keys(commands).toSorted()).toEqual((await commandsThatThereAre()).toSorted())
  })

  test('names acts that there are, and every act that changes who may do what', () => {
    const noted = new Set(Object.values(commands).flat())
    noted.delete('nothing is noted')
    expect([...noted].filter((each) => !acts.some((act) => act === each))).toEqual([])
    const byPeople = ['joined', 'signed-in', 'signed-out', 'passkey-added', 'passkey-removed', 'request-refused']
    expect(acts.filter((act) => !noted.has(act) && !byPeople.includes(act))).toEqual([])
  })
})
