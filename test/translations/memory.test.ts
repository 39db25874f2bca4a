import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { processorTime } from '#runtime'
import { hashOf } from '../../src/briefings/hash'
import type { Segment } from '../../src/briefings/segments'
import { likenessOf, marksOf } from '../../src/translations/likeness'
import { candidatesFor, exactFor, lessonsOf, paragraphsOf, withMemory } from '../../src/translations/memory'
import type { Translation } from '../../src/translations/translation'
import type { Provenance } from '../../src/translations/vocabulary'
import { aPack, aTypedText, aUnit } from '../support/packs'
import { rounds } from '../support/rounds'

const aWord = fc.constantFrom('the', 'harbour', 'closes', 'for', 'a', 'month', 'and', 'nothing', 'moves', '30', 'Sète', 'port’s')
const aSentence = (maxLength: number) => fc.array(aWord, { minLength: 1, maxLength }).map((words) => words.join(' '))

/** A text and the same after a few words were put in, taken out or replaced. */
const anEdit = (maxLength: number) =>
  fc
    .tuple(
      fc.array(aWord, { minLength: 1, maxLength }),
      fc.array(fc.tuple(fc.nat(), fc.nat(1), fc.array(aWord, { maxLength: 1 })), { maxLength: 3 }),
    )
    .map(([words, edits]) => {
      const edited = [...words]
      for (const [at, removed, added] of edits) edited.splice(at % (edited.length + 1), removed, ...added)
      return [words.join(' '), edited.slice(0, maxLength).join(' ')] as const
    })

const shareMarks = (one: string, other: string) => marksOf(one).some((mark) => marksOf(other).includes(mark))

describe('how alike two texts are', () => {
  test('is the same whichever comes first, and 100 for the same text alone', () => {
    fc.assert(
      fc.property(fc.oneof(anEdit(12), fc.tuple(aTypedText, aTypedText)), ([one, other]) => {
        const score = likenessOf(one, other)
        expect(likenessOf(other, one)).toBe(score)
        expect(Number.isInteger(score) && score >= 0 && score <= 100).toBe(true)
        expect(score === 100).toBe(one.normalize('NFC') === other.normalize('NFC'))
      }),
      { numRuns: rounds(1000) },
    )
  })

  test.each([
    ['The harbour closes for a month', 'The harbour closes for a month', 100],
    ['Se\u0300te', 'S\u00e8te', 100],
    ['The harbour closes for a month', 'The harbour closes for a week', 83],
    ['The harbour closes for a month', 'The old harbour closes for a month', 85],
    ['The harbour closes for a month', 'The harbour closes', 50],
    ['The harbour closes', 'the  harbour, closes!', 99],
    ['closes the harbour', 'the harbour closes', 33],
    ['Ferries', 'Trains', 0],
    ['…', '!', 0],
    ['', 'The harbour', 0],
  ])('of %j and %j is %i %%', (one, other, score) => {
    expect(likenessOf(one, other)).toBe(score)
  })

  test('is told in full where it is enough, and as it is or as nothing where it is not', () => {
    fc.assert(
      fc.property(anEdit(20), fc.integer({ min: 0, max: 100 }), ([one, other], least) => {
        const score = likenessOf(one, other)
        const told = likenessOf(one, other, least)
        expect(score >= least ? [score] : [score, 0]).toContain(told)
      }),
      { numRuns: rounds(500) },
    )
  })

  test('of the longest passages is told soon', () => {
    const long = Array.from({ length: 3500 }, (_, at) => `w${at % 1000}`).join(' ')
    const began = processorTime()
    expect(likenessOf(long, long.replaceAll('w5 ', 'x '), 70)).toBe(99)
    expect(likenessOf(long, 'another text '.repeat(1700), 70)).toBe(0)
    expect(processorTime() - began).toBeLessThan(5000)
  })
})

describe('the marks of a text', () => {
  test('are the ones that databases hold', () => {
    expect(marksOf('The harbour closes for a month')).toEqual([246006149, 670148417, 924330552, 2799754629, 3055312726])
    expect(marksOf('Sète')).toEqual([3946645810])
  })

  test('are at most eight, and the same in whatever case and spacing', () => {
    fc.assert(
      fc.property(aSentence(60), (text) => {
        const marks = marksOf(text)
        expect(marks.length).toBeLessThanOrEqual(8)
        expect(marks.every((mark) => Number.isInteger(mark) && mark >= 0 && mark < 2 ** 32)).toBe(true)
        expect(marksOf(`  ${text.toUpperCase().normalize('NFD').replaceAll(' ', ',\n')}!`)).toEqual(marks)
      }),
    )
    expect(marksOf('…')).toEqual([])
  })

  test('are shared by all short texts that are alike', () => {
    fc.assert(
      fc.property(anEdit(9), ([one, other]) => {
        if (likenessOf(one, other) >= 70) expect(shareMarks(one, other)).toBe(true)
      }),
      { numRuns: rounds(2000) },
    )
  })

  test('are shared by nearly all long texts that are alike, and by few that are not', () => {
    const texts = Array.from({ length: 300 }, (_, text) =>
      Array.from({ length: 80 }, (_each, at) => `w${(text * 7919 + at * at * 31) % 5000}`),
    )
    const edited = texts.map((words, text) => words.map((word, at) => ((at + text) % 6 === 0 ? `x${at}` : word)).join(' '))
    const originals = texts.map((words) => words.join(' '))
    expect(originals.every((text, at) => likenessOf(text, edited[at] ?? '') >= 80)).toBe(true)
    expect(originals.filter((text, at) => shareMarks(text, edited[at] ?? '')).length).toBeGreaterThan(290)
    expect(originals.filter((text, at) => shareMarks(text, edited.at(at - 1) ?? '')).length).toBeLessThan(10)
  })
})

const translations = new Map([
  ['The port is closed.', 'Le port est fermé.'],
  ['Ships go to Marseille.', 'Les navires vont à Marseille.'],
])
const known = (text: string) => translations.get(text)

describe('a text of several paragraphs', () => {
  test('is cut at its empty lines, and is what it was when all of them are put together', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(aTypedText, fc.constantFrom('\n', '\n\n', '\n \n\n', 'A', 'B')), { maxLength: 8 }),
        (parts) => {
          const text = parts.join('')
          const paragraphs = paragraphsOf(text)
          expect(paragraphs.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
          const itself = exactFor(text, (each) => (each === text && paragraphs.length !== 1 ? undefined : each))
          if (paragraphs.length > 0) expect(itself).toBe(text)
        },
      ),
      { numRuns: rounds(500) },
    )
  })

  test('is known where each of them is, however they stand', () => {
    expect(exactFor('Ships go to Marseille.\n\n\nThe port is closed.', known)).toBe(
      'Les navires vont à Marseille.\n\n\nLe port est fermé.',
    )
    expect(exactFor('The port is closed.\nShips go to Marseille.', known)).toBeUndefined()
    expect(exactFor('The port is closed.\n\nNothing else is known.', known)).toBeUndefined()
  })

  test('keeps what of it is known, where that is most of it', () => {
    const kept = {
      source: 'The port is closed.\n\nShips go to Marseille.',
      target: 'Le port est fermé.\n\nLes navires vont à Marseille.',
    }
    const most = 'The port is closed.\n\nSo they say.\n\nShips go to Marseille.'
    expect(candidatesFor(most, known, [])).toEqual([{ ...kept, score: 72 }])
    expect(candidatesFor(`${most}\n\nAnd much more is said than that.`, known, [])).toEqual([])
  })
})

describe('what is offered', () => {
  const found = (source: string, target = source) => ({ source, target })

  test('is at most three translations, the most alike first, each once, and none of English that is not alike', () => {
    const offers = candidatesFor('a b c d e f g h i j', () => undefined, [
      found('a b c d e f g x y z'),
      found('a b c d e f g h i x'),
      found('a b c d e f x x x x'),
      found('a b c d e f g h i j !', 'the same signs'),
      found('a b c d e f g h x x'),
      found('A b c d e f g h x i j', 'the same signs'),
    ])
    expect(offers.map(({ target, score }) => [target, score])).toEqual([
      ['the same signs', 99],
      ['a b c d e f g h i x', 90],
      ['a b c d e f g h x x', 80],
    ])
  })

  test('fills what is missing or a machine’s, stands beside what is outdated, and leaves what is current alone', () => {
    const units = (['missing', 'proposed', 'outdated', 'current'] as const).map((state) =>
      aUnit({ id: state, state, target: state === 'missing' ? '' : 'Ancien', ...(state === 'proposed' && { previous: 'Old' }) }),
    )
    const exact = { source: 'The harbour closes', target: 'Le port ferme', score: 100 }
    const [missing, proposed, outdated, current] = withMemory(aPack(units), new Map([['The harbour closes', [exact]]])).units
    expect([missing, proposed].map((unit) => [unit?.target, unit?.state, unit?.previous, unit?.candidates])).toEqual([
      ['Le port ferme', 'proposed', undefined, undefined],
      ['Le port ferme', 'proposed', undefined, undefined],
    ])
    expect(outdated).toEqual({ ...units[2], candidates: [exact] })
    expect(current).toEqual(units[3])
  })

  test('is not the text itself that stands there, unless it is exactly right', () => {
    const unit = aUnit({ target: 'Le port ferme', state: 'outdated' })
    const offer = (score: number) => ({ source: 'The harbour', target: 'Le port ferme', score })
    const offered = (score: number) => withMemory(aPack([unit]), new Map([[unit.source, [offer(score)]]])).units[0]?.candidates
    expect(offered(90)).toBeUndefined()
    expect(offered(100)).toEqual([offer(100)])
  })
})

describe('what a translation teaches', () => {
  const english = new Map([
    ['title h1', 'The harbour closes'],
    ['topic h2', 'Port closure'],
  ])
  const asSegment = (id: string, text: string | undefined): Segment | undefined =>
    text === undefined ? undefined : { id, kind: 'plain', access: 'public', text }
  const englishThen = () => (id: string, hash: string) => asSegment(id, english.get(`${id} ${hash}`))
  const translation = (changes: Partial<Translation> = {}): Translation => ({
    locale: 'fr',
    state: 'approved',
    provenance: 'human',
    credits: [],
    segments: { title: { text: 'Le port ferme', seen: 'h1' }, topic: { text: 'Fermeture', seen: 'h2' } },
    ...changes,
  })
  const taught = async (after: Translation, before?: Translation) =>
    (await lessonsOf(after, before, englishThen)).map(({ source, target }) => [source, target])
  const both = [
    ['The harbour closes', 'Le port ferme'],
    ['Port closure', 'Fermeture'],
  ]

  test('is everything in it, where it is approved and a person stands for it', async () => {
    expect(await taught(translation())).toEqual(both)
    expect(await taught(translation({ provenance: 'machine-reviewed' }))).toEqual(both)
    for (const state of ['draft', 'in-review', 'withdrawn'] as const) expect(await taught(translation({ state }))).toEqual([])
    expect(await taught(translation({ provenance: 'machine' }))).toEqual([])
  })

  test('is nothing that a machine wrote and nobody took over, and nothing without its English', async () => {
    const [title, topic] = [
      { text: 'Le port ferme', seen: 'h1', machine: 'parrot' },
      { text: 'Fermeture', seen: '' },
    ]
    const taughtAs = (provenance: Provenance) => taught(translation({ provenance, segments: { title, topic } }))
    expect(await taughtAs('human')).toEqual([])
    expect(await taughtAs('machine')).toEqual([])
    expect(await taughtAs('machine-reviewed')).toEqual([['The harbour closes', 'Le port ferme']]) // A person read it all.
    expect(await taught(translation({ segments: { title: { text: ' ', seen: 'h1' } } }))).toEqual([])
  })

  test('is only what it newly approves', async () => {
    expect(await taught(translation(), translation())).toEqual([])
    expect(await taught(translation(), translation({ state: 'in-review' }))).toEqual(both)
    expect(await taught(translation(), translation({ provenance: 'machine' }))).toEqual(both)
    const { title, topic } = translation().segments
    if (!title || !topic) throw new Error('The translation has no text.')
    const other = { title, topic: { ...topic, text: 'Le port est fermé' } }
    expect(await taught(translation(), translation({ segments: other }))).toEqual([both[1]])
    expect(await taught(translation(), translation({ segments: { title, topic: { ...topic, seen: 'h0' } } }))).toEqual([both[1]])
    expect(await taught(translation(), translation({ segments: { title, topic: { ...topic, machine: 'parrot' } } }))).toEqual([
      both[1],
    ])
  })

  test('asks for no English where it teaches nothing', async () => {
    const refuse = () => {
      throw new Error('The English was asked for.')
    }
    expect(await lessonsOf(translation({ state: 'draft' }), undefined, refuse)).toEqual([])
    expect(await lessonsOf(translation(), translation(), refuse)).toEqual([])
    await expect(lessonsOf(translation(), undefined, refuse)).rejects.toThrow('was asked for')
  })

  test('is also paragraph by paragraph, where there are as many of them in both', async () => {
    const [source, target] = ['The port is closed.\n\nShips wait.', 'Le port est fermé.\n\nLes navires attendent.']
    const hash = await hashOf(source)
    const lessons = (text: string) =>
      lessonsOf(translation({ segments: { context: { text, seen: hash } } }), undefined, () => (id) => asSegment(id, source))
    expect(await lessons(target)).toEqual([
      { hash: await hashOf('The port is closed.'), source: 'The port is closed.', target: 'Le port est fermé.' },
      { hash: await hashOf('Ships wait.'), source: 'Ships wait.', target: 'Les navires attendent.' },
      { hash, source, target },
    ])
    const inOne = target.replace('\n\n', ' ')
    expect(await lessons(inOne)).toEqual([{ hash, source, target: inOne }])
  })
})
