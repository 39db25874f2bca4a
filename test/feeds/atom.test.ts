import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { atom } from '../../src/feeds/atom'
import type { Feed, FeedEntry } from '../../src/feeds/feed'
import { readAtom } from '../support/feeds'
import { rounds } from '../support/rounds'

/** Any text at all: every code unit, halves of pairs and controls among them, and what markup is made of. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.constantFrom('\0', '\ud800', '\udfff', '\ufffe', '\uffff', '\x1b', ']]>', '&#0;', '<', '"', '\r', 'a'))
    .map((all) => all.join('')),
)

/** A document of one entry, in which everything is this text. */
function documentOf(text: string): string {
  const feed = feedOf(text)
  const [opening, closing] = atom.around(feed)
  return [opening, atom.entry(feed, entryOf(text)), closing].join('')
}

const feedOf = (text: string): Feed => ({
  id: 'urn:x',
  locale: 'en',
  title: text,
  subtitle: text,
  siteName: text,
  icon: 'https://briefings.example/icon',
  self: 'https://briefings.example/en/feed.xml',
  current: 'https://briefings.example/en/feed.xml',
  isArchive: false,
  home: 'https://briefings.example/en/',
  updated: '2025-01-01T00:00:00Z',
  isEmpty: false,
})

const entryOf = (text: string): FeedEntry => ({
  id: 'urn:y',
  url: 'https://briefings.example/en/briefings/y',
  locale: 'en',
  title: { lang: 'en', text },
  summary: { lang: 'en', text },
  html: text,
  image: 'https://briefings.example/picture',
  authors: [text],
  translators: [text],
  categories: [{ list: 'region', word: 'FR', name: text }],
  published: '2025-01-01T00:00:00Z',
  updated: '2025-01-01T00:00:00Z',
  fallback: 'withdrawn',
  notice: [text],
})

/** A text without what XML 1.0 forbids (2.2), character by character. */
const allowed = (text: string) =>
  [...text]
    .filter((character) => {
      const code = character.codePointAt(0) ?? 0
      if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd
      return !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff
    })
    .join('')

describe('a feed in Atom', () => {
  test('is well-formed and says what it was given, whatever that is', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [entry] = readAtom(documentOf(text)).entries
        expect(entry).toMatchObject({ title: allowed(text), html: allowed(text), authors: [allowed(text)] })
      }),
      { numRuns: rounds(400) },
    )
  })
})
