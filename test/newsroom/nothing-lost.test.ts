import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'
import { exportPack } from '../../src/newsroom/export'
import { importPack } from '../../src/newsroom/import'
import type { Database } from '../../src/storage/database'
import { readPack, writePack } from '../../src/translations/packs/formats'
import type { Pack, PackFormat, Unit } from '../../src/translations/packs/pack'
import { listRevisions } from '../../src/translations/revision-store'
import { everyRow } from '../support/membership'
import { encode } from '../support/newsroom'
import { openToPrograms, type Programs } from '../support/programs'
import { rounds } from '../support/rounds'
import { faultsIn, formatOf, type Past, type SentText, textsOf } from '../support/saves'

const writers = 50
const saves = rounds(500)
const address = '/api/v1/translations/es/harbour-closes'

type Answer = { readonly lines: readonly { segment: string; outcome: string; text?: string }[] }

async function exported({ site }: Programs): Promise<Pack> {
  const outgoing = await exportPack(site, 'es', 'harbour-closes', 'all')
  if (!outgoing) throw new Error('Nothing was exported.')
  return outgoing.pack
}

const fileOf = (pack: Pack, format: PackFormat, texts: Readonly<Record<string, string>>) =>
  writePack(format, { ...pack, units: pack.units.map((each) => withText(each, texts[each.id])) })

/** A unit as a tool leaves it whose user has typed a text: done. */
const withText = (unit: Unit, text: string | undefined): Unit =>
  text === undefined ? unit : { ...unit, target: text, state: 'current' }

/** What a writer sends with, in turn: a file here, a file over HTTP, and a locale file upon what it was made from. */
function waysOf(programs: Programs, token: string) {
  const again = async (send: () => Promise<Response>): Promise<Answer> => {
    for (;;) {
      const response = await send()
      if (response.status === 200) return (await response.json()) as Answer
      if (response.status !== 409) throw new Error(`${response.status}: ${await response.text()}`)
    }
  }
  const put = async (file: object, tag: string) =>
    await programs.call(address, { method: 'PUT', body: JSON.stringify(file), headers: { 'If-Match': tag }, token })
  return [
    async (pack: Pack, format: PackFormat, texts: Readonly<Record<string, string>>): Promise<Answer> =>
      await importPack(programs.site, readPack('harbour-closes.json', encode(fileOf(pack, format, texts)))),
    async (pack: Pack, format: PackFormat, texts: Readonly<Record<string, string>>): Promise<Answer> =>
      await again(() => programs.sendPack(token, fileOf(pack, format, texts))),
    async (_pack: Pack, _format: PackFormat, texts: Readonly<Record<string, string>>): Promise<Answer> => {
      const fetched = await programs.call(address, { token })
      const file = (await fetched.json()) as { segments: object }
      const edited = { ...file, segments: { ...file.segments, ...texts } }
      const first = await put(edited, fetched.headers.get('ETag') ?? '')
      if (first.status === 200) return (await first.json()) as Answer
      return await again(() => put(edited, '*'))
    },
  ] as const
}

/** What one writer sends, turn by turn. Every fourth file was exported a turn ago, so it comes late. */
async function write(programs: Programs, token: string, writer: number, turns: number): Promise<readonly SentText[]> {
  const ways = waysOf(programs, token)
  const sent: SentText[] = []
  let pack = await exported(programs)
  for (let turn = 0; turn < turns; turn += 1) {
    if (turn % 4 !== 3) pack = await exported(programs)
    const texts = textsOf(writer, turn)
    const way = ways[(writer + turn) % ways.length] ?? ways[0]
    const { lines } = await way(pack, formatOf(turn), texts)
    const told = new Map(lines.map((line) => [line.segment, line]))
    for (const [segment, text] of Object.entries(texts)) {
      sent.push({ segment, text, outcome: told.get(segment)?.outcome ?? 'nothing', told: told.get(segment)?.text })
    }
  }
  return sent
}

async function pastOf({ database }: Programs): Promise<Past> {
  const revisions = (await listRevisions(database, 'harbour', 'es')).map(({ segments }) => segments)
  const aside = await database.query.selectFrom('text_set_aside').select(['segment', 'text']).execute()
  return { revisions, aside }
}

describe(`${writers} writers who save ${saves} times at once, by file and by API`, () => {
  test('lose nothing: each accepted text is in the history once, each refused one is in its answer whole', async () => {
    const programs = await openToPrograms()
    const { secret } = await programs.issue({ mayWrite: true, seesGated: true })
    const turns = Math.ceil(saves / writers)
    const sent = (
      await Promise.all(Array.from({ length: writers }, (_, writer) => write(programs, secret, writer, turns)))
    ).flat()
    const past = await pastOf(programs)
    expect(faultsIn(sent, past)).toEqual([])
    const refused = sent.filter(({ outcome }) => outcome === 'conflict')
    expect(refused.length).toBeGreaterThan(sent.length / 30)
    expect(sent.length - refused.length).toBeGreaterThan(sent.length / 30)

    // The twins: a text that is undone unseen, saved twice, dropped from its answer, or not kept.
    const [accepted] = sent.filter(({ outcome }) => outcome === 'accepted')
    const [clash] = refused
    if (!accepted || !clash) throw new Error('Nothing was accepted, or nothing refused.')
    const without = past.revisions.map((segments) => ({ ...segments, [accepted.segment]: { text: 'another' } }))
    const [last = {}] = past.revisions.slice(-1)
    const twice = [...past.revisions, { ...last, [accepted.segment]: accepted }]
    expect(faultsIn(sent, { ...past, revisions: without })).not.toEqual([])
    expect(faultsIn(sent, { ...past, revisions: [...twice, last, ...twice.slice(-1)] })).not.toEqual([])
    expect(faultsIn([clash], { ...past, revisions: [] })).toEqual([])
    expect(faultsIn([{ ...clash, told: undefined }], { ...past, revisions: [] })).not.toEqual([])
    expect(faultsIn([clash], { revisions: [], aside: [] })).not.toEqual([])
    process.stdout.write(
      `${sent.length} texts in ${writers * turns} saves: ${past.revisions.length} revisions, ${refused.length} clashes kept, 0 lost.\n`,
    )
  })
})

/** A database in which a statement of the next batch fails, where there is one at that place. */
function failing(plan: { at: number | undefined; statements: number }) {
  return (database: Database): Database => ({
    query: database.query,
    blobs: database.blobs,
    atomically: async (writes) => {
      if (plan.at === undefined) return await database.atomically(writes)
      plan.statements = writes.length
      const broken = sql`insert into text_set_aside (briefing_id) values (null)`.compile(database.query)
      return await database.atomically([...writes.slice(0, plan.at), broken, ...writes.slice(plan.at)])
    },
  })
}

describe('a save of which a statement fails', () => {
  test.each([
    ['texts that nobody else changed', {}, { summary: 'Nada se mueve' }, 'accepted'],
    ['a clash beside others', {}, { title: 'De Ben', summary: 'Nada se mueve' }, 'conflict'],
    ['nothing but a clash', {}, { title: 'De Ben' }, 'conflict'],
    ['a publication', { state: 'approved' as const }, { summary: 'Nada se mueve' }, 'accepted'],
  ])('of %s leaves no trace, and is whole when it is sent again', async (_, options, texts, outcome) => {
    const plan: { at: number | undefined; statements: number } = { at: undefined, statements: 0 }
    const programs = await openToPrograms({ disturbed: failing(plan) })
    const early = await exported(programs)
    if (outcome === 'conflict')
      await importPack(programs.site, readPack('x.po', encode(fileOf(early, 'po', { title: 'De Ada' }))))
    const file = readPack('x.po', encode(fileOf(early, 'po', texts)))
    const before = await everyRow(programs.database)
    for (plan.at = 0, plan.statements = 1; plan.at <= plan.statements; plan.at += 1) {
      await expect(importPack(programs.site, file, options)).rejects.toThrow('NOT NULL constraint failed')
      expect(await everyRow(programs.database)).toEqual(before)
    }
    plan.at = undefined
    const { lines } = await importPack(programs.site, file, options)
    const sent = Object.entries(texts).map(([segment, text]) => {
      const line = lines.find((each) => each.segment === segment)
      return { segment, text, outcome: line?.outcome ?? '', told: line?.text }
    })
    expect(sent.map((each) => each.outcome)).toContain(outcome)
    const { revisions, aside } = await pastOf(programs)
    expect(faultsIn(sent, { revisions: revisions.slice(outcome === 'conflict' ? 1 : 0), aside })).toEqual([])
  })
})
