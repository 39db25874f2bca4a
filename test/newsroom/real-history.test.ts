import { describe, expect, inject, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
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
const few = 14
const most = isWhole ? 140 : few

/** The page of a number. Most have few revisions, a few have many. About one in seven removes parts. */
function pageOf(number: number, revisionsMost: number) {
  const by = chance(inject('seed') * 100_003 + number)
  const revisions = 2 + Math.floor((revisionsMost - 1) * by.next() ** 4)
  const page = new Page(`page-${number}`, by, number % 20 < 3)
  return { by, revisions: number % 5 === 0 ? Math.max(revisions, 8) : revisions, page }
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

/** How the translation of a page is read. */
type View = (newsroom: Newsroom, page: Page) => Promise<Translation | undefined>

const asTheSite: View = ({ site: { database } }, { name }) => findTranslation(database, name, 'es')

/** A fault: the segments have the ids that they had when they were saved. */
const asItWasSaved: View = async (newsroom, page) => {
  const translation = await asTheSite(newsroom, page)
  const row = await newsroom.database.query
    .selectFrom('translation_revision')
    .select('segments')
    .where('briefing_id', '=', page.name)
    .orderBy('revision', 'desc')
    .executeTakeFirst()
  return translation && { ...translation, segments: JSON.parse(row?.segments ?? '{}') as Translation['segments'] }
}

/** A fault: a translation keeps nothing of what is gone from the English. */
const asIfNothingRested: View = async (newsroom, page) => {
  const translation = await asTheSite(newsroom, page)
  const stayed = (id: string) => {
    const text = page.textsAt(page.revision).get(id)
    return text !== undefined && page.saidAt(text, page.revision - 1) !== undefined
  }
  return (
    translation && {
      ...translation,
      segments: Object.fromEntries(Object.entries(translation.segments).filter(([id]) => stayed(id))),
    }
  )
}

/** How the site sees the translation of a page. */
async function standingsOf(newsroom: Newsroom, page: Page, view: View) {
  const source = await findSource(newsroom.database, page.name)
  if (!source) throw new Error(`There is no ${page.name}.`)
  const { missing, behind } = progressOf(source.slug, source.briefing, source.history, 'es', await view(newsroom, page))
  const light = [...behind.typo, ...behind.minor]
  const open = new Set([...missing, ...light, ...behind.material])
  const own = [...page.textsAt(page.revision).keys()]
  const sorted = (ids: readonly string[]) => own.filter((id) => ids.includes(id)).toSorted()
  return {
    missing: sorted(missing),
    current: own.filter((id) => !open.has(id)).toSorted(),
    light: sorted(light),
    outdated: sorted(behind.material),
  }
}

async function pulled({ site: { database } }: Newsroom, name: string): Promise<BriefingFile> {
  const source = await findSource(database, name)
  if (!source) throw new Error(`There is no ${name}.`)
  return fileOf(source, await listStates(database, source.id))
}

const isSame = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Takes a page through all its revisions, and returns where the site and a plain comparison of texts disagree. */
async function disagreements(newsroom: Newsroom, number: number, revisionsMost: number, view: View = asTheSite) {
  const { page, by, revisions } = pageOf(number, revisionsMost)
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
    const [told, plain] = [await standingsOf(newsroom, page, view), page.standings()]
    if (!isSame(told, plain)) found.push({ page: page.name, revision: page.revision, told, plain })
  }
  return { page, found }
}

describe('a history in which parts come, move, are renamed and go', () => {
  test('loads revision by revision, and what is current, outdated and missing agrees with a plain comparison of texts', async () => {
    let newsroom = await openNewsroom()
    let loads = 0
    for (let number = 0; number < pages; number += 1) {
      if (number % 10 === 9) newsroom = await openNewsroom() // It keeps all statements that were sent.
      const { page, found } = await disagreements(newsroom, number, most)
      expect(found).toEqual([])
      const whole = await pulled(newsroom, page.name)
      expect(revisionsIn(whole).map(({ briefing }) => briefing)).toEqual(page.states)
      expect((await newsroom.load({ briefing: whole }))[0]?.outcome).toBe('unchanged')
      loads += page.revision
    }
    if (isWhole) console.info(`${pages} pages, ${loads} revisions`)
  })
})

describe('the comparison finds a site that', () => {
  test.each([
    ['follows no renaming', asItWasSaved],
    ['forgets the translation of what is gone', asIfNothingRested],
  ])('%s', async (_name, view) => {
    const newsroom = await openNewsroom()
    const found: unknown[] = []
    for (let number = 0; number < 60 && found.length === 0; number += 1) {
      found.push(...(await disagreements(newsroom, number, few, view)).found)
    }
    expect(found).not.toEqual([])
  })
})
