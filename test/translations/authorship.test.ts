import { describe, expect, test } from 'vitest'
import { isProblems, placed } from '../../src/briefings/files'
import { explain } from '../../src/language/newsroom'
import { readRecords } from '../../src/translations/authorship'
import { encode } from '../support/newsroom'

const machine = { provenance: 'machine', credits: [], outdated: {} }
const path = 'locales/pl/catalogs.json'

/** What a file with this of the site's words is: accepted, or what is wrong with it. */
const verdict = (site: object) => {
  const read = readRecords([{ path, bytes: encode({ site: { ...machine, ...site }, newsroom: machine }) }])
  return isProblems(read) ? read.map((problem) => explain(placed(problem))) : 'accepted'
}
const credits = `${path}: site.credits: If the provenance is human or machine-reviewed, name the people who translated or reviewed these words. If it is machine, name nobody.`

describe('who translated a catalog', () => {
  test('is a machine, or persons with their names', () => {
    expect(verdict({})).toBe('accepted')
    expect(verdict({ provenance: 'machine-reviewed', credits: ['Ada'] })).toBe('accepted')
    expect(verdict({ provenance: 'human', credits: ['Ada', 'Ben'] })).toBe('accepted')
  })

  test('is refused as a person without a name, and as a machine with one', () => {
    expect(verdict({ provenance: 'machine-reviewed' })).toEqual([credits])
    expect(verdict({ provenance: 'human' })).toEqual([credits])
    expect(verdict({ credits: ['Ada'] })).toEqual([credits])
  })

  test('is refused with names that nobody has, and with what is no part of it', () => {
    expect(verdict({ provenance: 'human', credits: [' '] })).toHaveLength(1)
    expect(verdict({ provenance: 'human', credits: ['A\u202eda'] })).toHaveLength(1)
    expect(verdict({ provenance: 'somebody' })).toEqual([
      `${path}: site.provenance: This must be human, machine or machine-reviewed.`,
    ])
    expect(verdict({ reviewer: 'Ada' })).toHaveLength(1)
  })

  test('is read by language', () => {
    const read = readRecords([{ path, bytes: encode({ site: machine, newsroom: machine }) }])
    expect(isProblems(read) ? [] : [...read.keys()]).toEqual(['pl'])
  })
})
