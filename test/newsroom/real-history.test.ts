import { describe, expect, inject, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import { inPresentIds } from '../../src/briefings/renames'
import { listStates } from '../../src/briefings/revision-store'
import { fileOf, revisionsIn } from '../../src/briefings/revisions'
import { findSource } from '../../src/briefings/store'
import { savePack } from '../../src/newsroom/import'
import { progressOf } from '../../src/translations/progress'
import { findTranslation } from '../../src/translations/store'
import type { Translation } from '../../src/translations/translation'
import { openNewsroom } from '../support/newsroom'
import { chance, Page } from '../support/real-history'
import { rounds } from '../support/rounds'

type Newsroom = Awaited<ReturnType<typeof openNewsroom>>

/** `npm run prove` runs the whole: 500 pages of up to 140 revisions. */
const isWhole = inject('rounds') >= 10
const pages = isWhole ? 500 : rounds(6)
const revisionsMost = isWhole ? 140 : 14

/** The page of a number. Most have few revisions, a few have many. About one in seven removes parts. */
function pageOf(number: number) {
  const by = chance(inject('seed') * 100_003 + number)
  const revisions = 2 + Math.floor((revisionsMost - 1) * by.next() ** 4)
  return {
    by,
    revisions: number % 5 === 0 ? Math.max(revisions, 8) : revisions,
    page: new Page(`page-${number}`, by, number % 20 < 3),
  }
}

/** Sends a translator's file made from a revision, and returns what is wrong with its receipt. */
async function sendPack({ site }: Newsroom, page: Page, by: ReturnType<typeof chance>): Promise<readonly unknown[]> {
  const from = by.below(3) === 0 ? 1 + by.below(page.revision) : page.revision
  const sent = [...page.textsAt(from)].filter(() => by.below(3) > 0)
  const targets = new Map(sent.map(([id, text]) => [id, `Del ${page.revision}: ${page.saidAt(text, from)}`]))
  const pack = { name: page.name, source: 'en', locale: 'es', sourceRevision: from, targets }
  const { lines } = await savePack(site, pack)
  const now = new Map([...page.textsAt(page.revision)].map(([id, text]) => [text, id]))
  const expected = sent.map(([id, text]) => {
    const seen = page.saidAt(text, from) ?? ''
    const present = now.get(text)
    if (present === undefined) return `${id} unknown`
    page.seen.set(text, seen)
    return `${present} ${page.standing(text) === 'outdated' ? 'outdated-saved' : 'accepted'}`
  })
  const told = lines.map(({ segment, outcome }) => `${segment} ${outcome}`)
  const [one, other] = [told.toSorted(), expected.toSorted()]
  return JSON.stringify(one) === JSON.stringify(other) ? [] : [{ page: page.name, revision: page.revision, from, one, other }]
}

/** How the site sees the translation of a page. */
async function standingsOf({ site: { database } }: Newsroom, page: Page, changed = (translation: Translation) => translation) {
  const source = await findSource(database, page.name)
  if (!source) throw new Error(`There is no ${page.name}.`)
  const translation = await findTranslation(database, source.id, 'es', source.revision)
  const seen = translation && changed(translation)
  const { missing, behind } = progressOf(source.slug, source.briefing, source.history, 'es', seen)
  const light = [...behind.typo, ...behind.minor]
  const open = new Set([...missing, ...light, ...behind.material])
  const current = Object.keys(source.history.at(-1)?.hashes ?? {}).filter((id) => !open.has(id))
  const own = new Set(page.textsAt(page.revision).keys())
  const sorted = (ids: readonly string[]) => ids.filter((id) => own.has(id)).toSorted()
  return { missing: sorted(missing), current: sorted(current), light: sorted(light), outdated: sorted(behind.material) }
}

async function pulled({ site: { database } }: Newsroom, name: string): Promise<BriefingFile> {
  const source = await findSource(database, name)
  if (!source) throw new Error(`There is no ${name}.`)
  return fileOf(source, await listStates(database, source.id))
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Takes a page through all its revisions, and returns where the site and a plain comparison of texts disagree. */
async function disagreements(newsroom: Newsroom, number: number) {
  const { page, by, revisions } = pageOf(number)
  const found: unknown[] = []
  let file = page.file([])
  await newsroom.load({ briefing: file })
  found.push(...(await sendPack(newsroom, page, by)))
  while (page.revision < revisions) {
    // An author edits the file that they have, or the one that the site gives them.
    const { revisions: entries } = by.below(4) === 0 ? await pulled(newsroom, page.name) : file
    file = page.file(entries, page.sit())
    await newsroom.load({ briefing: file })
    if (by.below(3) === 0) found.push(...(await sendPack(newsroom, page, by)))
    const [told, plain] = [await standingsOf(newsroom, page), page.standings()]
    if (!isSame(told, plain)) found.push({ page: page.name, revision: page.revision, told, plain })
  }
  return { page, found }
}

describe('a history in which parts come, move, are renamed and go', () => {
  test('loads revision by revision, and what is current, outdated and missing agrees with a plain comparison of texts', async () => {
    const newsroom = await openNewsroom()
    let loads = 0
    let wrong = 0
    for (let number = 0; number < pages; number += 1) {
      const { page, found } = await disagreements(newsroom, number)
      expect(found).toEqual([])
      const whole = await pulled(newsroom, page.name)
      expect(revisionsIn(whole).map(({ briefing }) => briefing)).toEqual(page.states)
      expect((await newsroom.load({ briefing: whole }))[0]?.outcome).toBe('unchanged')
      loads += page.revision
      const forgotten = await standingsOf(newsroom, page, ({ segments, ...rest }) => ({ ...rest, segments: {} }))
      wrong += isSame(forgotten, page.standings()) ? 0 : 1
    }
    if (isWhole) console.info(`${pages} pages, ${loads} revisions`)
    expect(wrong).toBeGreaterThan(0)
  })
})

describe('the comparison finds', () => {
  test('a site that follows no renaming', async () => {
    const newsroom = await openNewsroom()
    let differing = 0
    for (let number = 0; number < 12 && differing === 0; number += 1) {
      const { page } = await disagreements(newsroom, number)
      const rows = await newsroom.database.query
        .selectFrom('translation_revision')
        .select('segments')
        .where('briefing_id', '=', page.name)
        .orderBy('revision', 'desc')
        .execute()
      const raw = JSON.parse(rows[0]?.segments ?? '{}') as Translation['segments']
      const told = await standingsOf(newsroom, page, (translation) => ({ ...translation, segments: raw }))
      if (!isSame(told, page.standings())) differing += 1
    }
    expect(differing).toBeGreaterThan(0)
  })

  test('a history whose revisions keep their own ids', () => {
    const before = { renamed: {}, hashes: { 'body.a': 'one' } }
    const after = { renamed: { 'body.a': 'body.b' }, hashes: { 'body.b': 'one' } }
    expect(inPresentIds([before, after]).map(({ hashes }) => hashes)).toEqual([{ 'body.b': 'one' }, { 'body.b': 'one' }])
  })
})
