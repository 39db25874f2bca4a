import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { isInRange, noteOnNode } from '../../scripts/npm-node'
import { root } from '../support/server'

const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as unknown
const { engines, devDependencies } = read('package.json') as {
  readonly engines: { readonly node: string }
  readonly devDependencies: Readonly<Record<string, string>>
}
const { packages } = read('package-lock.json') as {
  readonly packages: Readonly<Record<string, { readonly optional?: boolean; readonly engines?: { readonly node?: string } }>>
}

describe('the Node that npm runs on', () => {
  test('is named by package.json and the README as the packages want it, so that npm warns of none', () => {
    const first = engines.node.split('||').map((each) => each.replace(/[^\d.]/g, ''))
    expect(first).toEqual(['22.13.0', '24.0.0', '26.0.0'])
    const unfit = Object.entries(packages).filter(
      ([, { optional, engines }]) => !optional && first.some((version) => !isInRange(version, engines?.node ?? '*')),
    )
    expect(unfit.map(([name]) => name)).toEqual([])
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('Node 22 (from 22.13 on), 24, or 26 and newer')
    expect(isInRange(devDependencies['node'] ?? '', engines.node)).toBe(true)
  })

  test('is named in a sentence if it is another', () => {
    const told = noteOnNode('npm/10.8.2 node/v20.20.2 linux x64 workspaces/false', engines.node, '24.21.0')
    expect(told).toMatch(
      /^npm runs on Node 20\.20\.2, but the packages need .* The program runs on Node 24\.21\.0, which came with them\.$/,
    )
    for (const version of ['22.13.0', '22.20.1', '24.1.0', '27.0.0'])
      expect(noteOnNode(`npm/11.0.0 node/v${version} linux`, engines.node, '24.21.0')).toBeUndefined()
    for (const version of ['18.0.0', '22.12.9', '23.5.0', '25.0.0'])
      expect(noteOnNode(`npm/11.0.0 node/v${version} linux`, engines.node, '24.21.0')).toContain(version)
    expect(noteOnNode(undefined, engines.node, '24.21.0')).toBeUndefined()
  })

  test('is held against ranges as packages write them', () => {
    const cases = [
      ['*', true],
      ['>= 0.4', true],
      ['>=18.0.0', true],
      ['20 || >=22', true],
      ['6.* || 8.* || >= 10.*', true],
      ['>=v12.22.7', true],
      ['^10 || ^12 || >=14', true],
      ['22.x', true],
      ['~22.13', true],
      ['>=22.12.0 <23', true],
      ['^20.19.0 || ^22.14.0', false],
      ['>=20.19.0 <21.0.0', false],
      ['16 || 14 >=14.17', false],
      ['>22.13.0', false],
      ['<=22.12', false],
    ] as const
    expect(cases.map(([range]) => [range, isInRange('22.13.0', range)])).toEqual(cases)
  })
})
