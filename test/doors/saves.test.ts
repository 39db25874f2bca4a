import { setTimeout } from 'node:timers/promises'
import { afterAll, describe, expect, test } from 'vitest'
import { type KeptText, wholeText } from '../../src/storage/condensed'
import { packEndings } from '../../src/translations/packs/pack'
import { vernacular } from '../support/command'
import { rounds } from '../support/rounds'
import { faultsIn, type Past, type SentText, textsOf } from '../support/saves'
import { inDatabase, type RunningServer, startServer } from '../support/server'

const writers = 50
/** How many saves there are, and how often the site is killed meanwhile. */
const saves = rounds(500)
const kills = rounds(3)
const slug = 'uk-merger-case-microsoft-mistral'
const address = `/api/v1/translations/es/${slug}`

const open: RunningServer[] = []
afterAll(async () => await Promise.all(open.map((each) => each.remove())))

interface File {
  readonly segments: Readonly<Record<string, string>>
}

interface Answered {
  readonly body: string
  readonly isRepeated: boolean
}

/** Asks until there is an answer: again if it was cut off, if the site is down, or if others were faster too often. */
async function ask(site: () => RunningServer, token: string, path: string, init: RequestInit = {}): Promise<Answered> {
  for (let isRepeated = false; ; isRepeated = true) {
    try {
      const response = await fetch(site().url + path, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } })
      const body = await response.text()
      if (response.status === 200) return { body, isRepeated }
      if (response.status !== 409 && response.status !== 429) throw new Error(`${response.status}: ${body}`)
    } catch (error) {
      if (!(error instanceof TypeError)) throw error // It was killed, and is asked again when it is there.
    }
    await setTimeout(20)
  }
}

async function write(site: () => RunningServer, token: string, writer: number, turns: number): Promise<readonly SentText[]> {
  const sent: SentText[] = []
  let file: File = { segments: {} }
  for (let turn = 0; turn < turns; turn += 1) {
    const texts = textsOf(writer, turn)
    if (turn % 4 !== 3) file = JSON.parse((await ask(site, token, address)).body) as File
    const body = JSON.stringify({ ...file, segments: { ...file.segments, ...texts } })
    const put = { method: 'PUT', body, headers: { 'If-Match': '*', 'Content-Type': 'application/json' } }
    const post = { method: 'POST', body, headers: { 'Content-Type': 'application/octet-stream' } }
    const { body: answer, isRepeated } = await (turn % 3 === 0
      ? ask(site, token, `/api/v1/packs?file=${slug}${packEndings.json}`, post)
      : ask(site, token, address, put))
    const { lines } = JSON.parse(answer) as { lines: { segment: string; outcome: string; text?: string }[] }
    for (const [segment, text] of Object.entries(texts)) {
      const line = lines.find((each) => each.segment === segment)
      sent.push({ segment, text, outcome: line?.outcome ?? 'nothing', told: line?.text, isRepeated })
    }
  }
  return sent
}

function pastOf(site: RunningServer): Past {
  return inDatabase(site, (file) => {
    const id = file.prepare<[string], string>('select id from briefing where slug = ?').pluck().get(slug) ?? ''
    const rows = file.prepare<[string], KeptText>(
      `select r.segments as text, r.deflated, b.deflated as base from translation_revision as r
       left join translation_revision as b on b.briefing_id = r.briefing_id and b.locale = r.locale and b.revision = r.base
       where r.briefing_id = ? and r.locale = 'es' order by r.revision`,
    )
    const revisions = rows.all(id).map((each) => JSON.parse(wholeText(each)) as Past['revisions'][number])
    const aside = file.prepare<[string], Past['aside'][number]>('select segment, text from text_set_aside where briefing_id = ?')
    return { revisions, aside: aside.all(id) }
  })
}

const tokenAdd = ['people', 'token', 'add', '--locale', 'es', '--write', '--gated'] as const

describe(`${writers} writers who save ${saves} times while the site is killed ${kills} times`, () => {
  test('lose nothing: what was accepted is in the history once, what was refused is in its answer whole', async () => {
    const first = await startServer()
    open.push(first)
    let site = first
    const issue = (_: unknown, writer: number) =>
      vernacular(first.environment, ...tokenAdd, '--name', `Writer ${writer}`).out.trim()
    const tokens = Array.from({ length: writers }, issue)
    const turns = Math.ceil(saves / writers)
    let isOver = false
    const writing = Promise.all(tokens.map((token, writer) => write(() => site, token, writer, turns)))
    const over = writing.finally(() => {
      isOver = true
    })
    const saved = () => pastOf(first).revisions.length
    let killed = 0
    for (; killed < kills && !isOver; killed += 1) {
      // While saves are under way, after some have been saved since the last time.
      for (const before = saved(); saved() === before && !isOver; ) await setTimeout(5)
      await site.stop('SIGKILL')
      site = await startServer(first.environment)
      open.push(site)
    }
    const sent = (await over).flat()
    expect(await site.stop()).toBe(0)
    expect(inDatabase(first, (file) => file.pragma('integrity_check', { simple: true }))).toBe('ok')
    const past = pastOf(first)
    expect(faultsIn(sent, past)).toEqual([])
    expect(killed).toBeGreaterThan(kills / 2)
    for (const outcome of ['accepted', 'conflict']) expect(sent.some((each) => each.outcome === outcome)).toBe(true)
    process.stdout.write(
      `${killed} kills, ${sent.length} texts in ${writers * turns} saves, ${past.revisions.length} revisions, ${past.aside.length} clashes kept, 0 lost.\n`,
    )
  })
})
