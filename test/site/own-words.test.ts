import { describe, expect, test } from 'vitest'
import { isPageSlug } from '../../src/briefings/publication'
import { openNewsroom } from '../support/newsroom'
import { routesOf } from '../support/outputs'

/** The first words of addresses, without the locale before them and the ending behind them. */
const firstWords = (paths: readonly string[]) =>
  new Set(
    paths
      .map((path) => path.replace(/^\/:locale(?=\/)/, '').split('/')[1] ?? '')
      .map((word) => word.replace(/\..*$/, ''))
      .filter((word) => /^[a-z]/.test(word)),
  )

describe('The address of a page', () => {
  test('is never one of the site itself: the list of its own words has all that its routes begin with', async () => {
    const { site } = await openNewsroom({ settings: { INDEXNOW_KEY: '0123456789abcdef' } })
    const all = routesOf({ ...site, config: { ...site.config, hasOutbox: true } })
    const words = firstWords(all.map((route) => route.split(' ')[1] ?? ''))
    expect(words.size).toBeGreaterThan(15)
    expect([...words].filter(isPageSlug)).toEqual([])
    expect(isPageSlug('about')).toBe(true)
  })

  test('is an id', () => {
    for (const slug of ['About', 'über-uns', 'a b', '', 'a--b', 'a.json', '-']) expect(isPageSlug(slug), slug).toBe(false)
  })
})
