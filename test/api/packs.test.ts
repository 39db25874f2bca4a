import { beforeEach, describe, expect, test } from 'vitest'
import type { Complaint } from '../../src/language/complaint'
import { explain } from '../../src/language/newsroom'
import { exportPacks } from '../../src/newsroom/export'
import { type Selection, selections } from '../../src/translations/outgoing'
import { type PackOptions, writePack } from '../../src/translations/packs/formats'
import { type Pack, packBytesMax, packFormats } from '../../src/translations/packs/pack'
import { findTranslation } from '../../src/translations/store'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { encode } from '../support/newsroom'
import { everythingOf, openToPrograms, type Programs } from '../support/programs'

let programs: Programs
let desk: string
beforeEach(async () => {
  programs = await openToPrograms()
  desk = (await programs.issue({ name: 'Polish desk', locales: ['pl'], mayWrite: true })).secret
})

/** The pack that the command line would write, with its texts for members. */
async function wholePackOf(locale: string, selection: Selection = 'all'): Promise<Pack> {
  for await (const { pack } of exportPacks(programs.site, locale, ['harbour-closes'], selection)) return pack
  throw new Error('Nothing was exported.')
}

/** The same without them. */
async function packOf(locale: string): Promise<Pack> {
  const pack = await wholePackOf(locale)
  return { ...pack, units: pack.units.filter(({ access }) => access === 'public') }
}

/** The same pack with some texts translated otherwise, as a file. */
const edited = (pack: Pack, format: (typeof packFormats)[number], targets: Readonly<Record<string, string>>) =>
  writePack(format, { ...pack, units: pack.units.map((unit) => ({ ...unit, target: targets[unit.id] ?? unit.target })) })

interface Receipt {
  readonly slug: string
  readonly locale: string
  readonly isSaved: boolean
  readonly lines: readonly { readonly segment: string; readonly outcome: string; readonly reason?: string }[]
}

const changesIn = ({ lines }: Receipt) =>
  Object.fromEntries(lines.filter(({ outcome }) => outcome !== 'unchanged').map(({ segment, outcome }) => [segment, outcome]))

const titleIn = async (locale: string) => (await findTranslation(programs.database, 'harbour', locale))?.segments['title']?.text

describe('a translator’s program', () => {
  test.each(packFormats)(
    'fetches the Polish pack, and sends it back as %s: it is saved, and readers get it once it is published',
    async (format) => {
      const sent = await (await programs.fetchPack(desk, 'pl', format)).text()
      const changed = sent.replaceAll('pl: The harbour closes for a month', 'Port zamknięty na miesiąc')
      expect(changed).not.toBe(sent)
      const response = await programs.sendPack(desk, changed)
      expect(response.status).toBe(200)
      const receipt = (await response.json()) as Receipt
      expect(receipt).toMatchObject({ slug: 'harbour-closes', locale: 'pl', isSaved: true, isPublished: false })
      expect(changesIn(receipt)).toEqual({ title: 'accepted' })
      expect(await programs.text('/pl/briefings/harbour-closes')).not.toContain('Port zamknięty na miesiąc')
      const refused = await programs.sendPack(desk, changed, '&publish=true')
      expect(refused.status).toBe(403)
      expect(await refused.json()).toMatchObject({
        detail: 'This token may save texts, but not publish them. Leave out publish to save them.',
      })
      const { secret } = await programs.issue({ locales: ['pl'], mayWrite: true, mayPublish: true })
      expect(await (await programs.sendPack(secret, changed, '&publish=true')).json()).toMatchObject({ isPublished: true })
      expect(await programs.text('/pl/briefings/harbour-closes')).toContain('Port zamknięty na miesiąc')
    },
  )

  test('is told of each text that could not be taken in, and the others are', async () => {
    const pack = await packOf('pl')
    const file = edited({ ...pack, units: [...pack.units, { ...pack.units[0], id: 'body.nowhere' } as never] }, 'po', {
      title: 'Port zamknięty',
      summary: 'A dredger has run aground and nothing moves.',
      'body.closure': 'Port **zamknięto**, jak mówi [zawiadomienie](https://elsewhere.example/).',
      'body.nowhere': 'Nigdzie',
    })
    const response = await programs.sendPack(desk, file)
    expect(response.status).toBe(200)
    const receipt = (await response.json()) as Receipt
    expect(changesIn(receipt)).toEqual({
      title: 'accepted',
      summary: 'identical',
      'body.closure': 'rejected',
      'body.nowhere': 'unknown',
    })
    expect(receipt.lines.find(({ segment }) => segment === 'body.closure')?.reason).toContain('link')
    expect(await titleIn('pl')).toBe('Port zamknięty')
  })

  test('changes nothing by sending the same file again, or on a trial', async () => {
    const file = edited(await packOf('pl'), 'xliff', { title: 'Port zamknięty' })
    const trial = (await (await programs.sendPack(desk, file, '&dry-run=true')).json()) as Receipt
    expect([changesIn(trial), trial.isSaved]).toEqual([{ title: 'accepted' }, false])
    const before = await everythingOf(programs, ['pl'])
    await programs.sendPack(desk, file)
    const after = await everythingOf(programs, ['pl'])
    expect(after).not.toEqual(before)
    const again = (await (await programs.sendPack(desk, file)).json()) as Receipt
    expect([changesIn(again), again.isSaved]).toEqual([{}, false])
    expect(await everythingOf(programs, ['pl'])).toEqual(after)
  })

  test('begins a translation as a draft, whatever its file says, and leaves readers what was approved', async () => {
    const { secret } = await programs.issue({ locales: 'all', mayWrite: true })
    const pack = await packOf('fr')
    const file = writePack(
      'json',
      { ...pack, units: pack.units.map((unit) => ({ ...unit, target: `fr ${unit.source}` })) },
      { state: 'approved' },
    )
    await programs.sendPack(secret, file)
    expect((await findTranslation(programs.database, 'harbour', 'fr'))?.state).toBe('draft')
    expect(await programs.text('/fr/briefings/harbour-closes')).not.toContain('fr The harbour')
    await programs.sendPack(desk, edited(await packOf('pl'), 'json', { title: 'Port zamknięty' }))
    expect(await findTranslation(programs.database, 'harbour', 'pl')).toMatchObject({ state: 'draft', published: 1 })
    expect(await programs.text('/pl/briefings/harbour-closes')).toContain('pl: The harbour')
  })

  test('and two others send at the same time, and nothing of any is lost', async () => {
    const pack = await packOf('pl')
    const targets = { title: 'Port zamknięty', topic: 'Zamknięcie portu', summary: 'Pogłębiarka osiadła na mieliźnie.' }
    const responses = await Promise.all(
      Object.entries(targets).map(([id, target]) => {
        const only = { ...pack, units: pack.units.filter((unit) => unit.id === id) }
        return programs.sendPack(desk, edited(only, 'xliff12', { [id]: target }))
      }),
    )
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200])
    const { segments = {} } = (await findTranslation(programs.database, 'harbour', 'pl')) ?? {}
    for (const [id, target] of Object.entries(targets)) expect(segments[id]?.text).toBe(target)
  })
})

describe('a pack that is fetched', () => {
  test.each(packFormats)('is the same file as from the command line: %s', async (format) => {
    const { secret } = await programs.issue({ locales: 'all', seesGated: true })
    for (const locale of ['es', 'ar']) {
      const facts: PackOptions = locale === 'es' ? { state: 'approved', credits: ['Ada Traductrice'] } : {}
      for (const only of selections) {
        const pack = await wholePackOf(locale, only)
        const response = await programs.fetchPack(secret, locale, format, `&only=${encodeURIComponent(only)}`)
        expect(response.status).toBe(pack.units.length === 0 ? 204 : 200)
        expect(await response.text()).toBe(pack.units.length === 0 ? '' : writePack(format, pack, facts))
      }
    }
  })

  test('says what it is, in which language, under which name, and that no cache may keep it', async () => {
    for (const [format, type, name] of [
      ['json', 'application/json; charset=utf-8', 'harbour-closes.json'],
      ['xliff', 'application/xliff+xml; charset=utf-8', 'harbour-closes.xlf'],
      ['xliff12', 'application/x-xliff+xml; charset=utf-8', 'harbour-closes.xliff12.xlf'],
      ['po', 'text/x-gettext-translation; charset=utf-8', 'harbour-closes.po'],
    ] as const) {
      const { headers } = await programs.fetchPack(desk, 'pl', format)
      expect(Object.fromEntries(headers)).toMatchObject({
        'content-type': type,
        'content-disposition': `attachment; filename="${name}"`,
        'content-language': 'pl',
        'cache-control': 'private, no-store',
        'x-content-type-options': 'nosniff',
      })
    }
  })

  test('is XLIFF 2.1 where nothing is said, 2.0 on demand, and has the English in place of what is missing on demand', async () => {
    const { secret } = await programs.issue({ locales: ['ja'] })
    const ask = async (query: string) =>
      await (await programs.call(`/api/v1/packs/ja/harbour-closes${query}`, { token: secret })).text()
    expect(await ask('')).toContain('version="2.1"')
    expect(await ask('?xliff-version=2.0')).toContain('version="2.0"')
    expect(await ask('')).not.toMatch(/<target[^>]*>The harbour/)
    expect(await ask('?copy-source=true')).toMatch(/<target[^>]*>The harbour/)
  })

  test('is answered 304 to whoever has it, until the English or the translation moves on', async () => {
    const ask = async (etag = '') => {
      const path = '/api/v1/packs/pl/harbour-closes'
      const response = await programs.call(path, { token: desk, headers: { 'If-None-Match': etag } })
      return { status: response.status, etag: response.headers.get('ETag') ?? '', body: await response.text() }
    }
    const first = await ask()
    expect(first.status).toBe(200)
    expect(await ask(first.etag)).toEqual({ status: 304, etag: first.etag, body: '' })
    await programs.sendPack(desk, edited(await packOf('pl'), 'json', { title: 'Port zamknięty' }))
    const second = await ask(first.etag)
    expect(second.status).toBe(200)
    const briefing = revised(aBriefing(), 'typo', '2025-03-02T08:00:00Z', (each) => ({ ...each, title: 'The harbor closes' }))
    await programs.load({ briefing })
    const third = await ask(second.etag)
    expect(third.status).toBe(200)
    expect(new Set([first.etag, second.etag, third.etag]).size).toBe(3)
  })

  test('is not held by a program that may see more or less of it', async () => {
    const { secret } = await programs.issue({ locales: ['pl'], seesGated: true })
    const etag = (await programs.fetchPack(secret, 'pl')).headers.get('ETag') ?? ''
    const path = '/api/v1/packs/pl/harbour-closes'
    expect((await programs.call(path, { token: desk, headers: { 'If-None-Match': etag } })).status).toBe(200)
    expect((await programs.call(path, { token: secret, headers: { 'If-None-Match': etag } })).status).toBe(304)
  })

  test('is of a briefing and a language that there are, and asked for in words that there are', async () => {
    const { secret } = await programs.issue({ locales: 'all' })
    const status = async (path: string) => (await programs.call(`/api/v1/packs/${path}`, { token: secret })).status
    for (const path of ['es/nothing', 'es/__proto__', 'es/site', 'sv/harbour-closes', 'en/harbour-closes', 'e/harbour-closes'])
      expect([path, await status(path)]).toEqual([path, 404])
    for (const query of ['format=pdf', 'format=', 'only=some', 'xliff-version=3.0', 'copy-source=yes']) {
      expect([query, await status(`es/harbour-closes?${query}`)]).toEqual([query, 400])
    }
    expect(await status('es/harbour-closes?unknown=1&format=po')).toBe(200)
  })

  test('of a language that a token does not reach is refused alike, whether there is such a briefing or not', async () => {
    const answers = await Promise.all(
      ['harbour-closes', 'nothing'].map(async (slug) => {
        const response = await programs.call(`/api/v1/packs/es/${slug}`, { token: desk })
        return { status: response.status, body: await response.text() }
      }),
    )
    expect(answers[0]?.status).toBe(403)
    expect(answers[1]).toEqual(answers[0])
  })
})

describe('a program for Spanish', () => {
  test.each(packFormats)('changes nothing of Polish by a %s file, and nothing of Polish by one for Spanish', async (format) => {
    const { secret } = await programs.issue({ locales: ['es'], mayWrite: true, seesGated: true })
    const polish = await everythingOf(programs, ['pl'])
    const english = await everythingOf(programs, ['en'])
    const spanish = await everythingOf(programs, ['es'])
    const refused = await programs.sendPack(secret, edited(await packOf('pl'), format, { title: 'Port zamknięty' }))
    expect(refused.status).toBe(403)
    expect(await everythingOf(programs, ['es'])).toEqual(spanish)
    const taken = await programs.sendPack(secret, edited(await packOf('es'), format, { title: 'El puerto cierra' }))
    expect(taken.status).toBe(200)
    expect(await everythingOf(programs, ['es'])).not.toEqual(spanish)
    expect(await everythingOf(programs, ['pl'])).toEqual(polish)
    expect(await everythingOf(programs, ['en'])).toEqual(english)
  })
})

describe('a file that cannot be taken in', () => {
  const send = (body: BodyInit, query = '?file=harbour-closes.json', headers: Record<string, string> = {}) =>
    programs.call(`/api/v1/packs${query}`, { token: desk, method: 'POST', body, headers })

  test('is told so, with what is wrong, and changes nothing', async () => {
    const before = await everythingOf(programs, ['es', 'pl'])
    const json = edited(await packOf('pl'), 'json', { title: 'Port zamknięty' })
    for (const [body, query, detail] of [
      ['', '', /is empty/],
      ['hello', '', /cannot be read/],
      [json.slice(0, -40), undefined, /JSON/],
      [json, '', /\?file=<slug>\.json/],
      [json, '?file=nothing.json', /no briefing called (nothing|passwd)\./],
      [json, '?file=../../etc/passwd', /no briefing called (nothing|passwd)\./],
      [json, '?file=__proto__.json', /which briefing/],
      [json.replace('"pl"', '"sv"'), undefined, /not translated into/],
      [json.replace('"pl"', '"en"'), undefined, /not translated into/],
      [json.replace('"sourceRevision": 1', '"sourceRevision": 9'), undefined, /last revision is 1/],
      ['<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "a">]><xliff>&a;</xliff>', '', /./],
      [new Uint8Array([0xff, 0xfe, 0x00]), '', /UTF-16/],
      [new Uint8Array([0x22, 0xc0, 0xaf]), '', /UTF-8/],
    ] as const) {
      const response = await send(body as BodyInit, query)
      const problem = (await response.json()) as { code: string; detail: string; complaint: Complaint }
      expect([problem.detail, response.status, problem.code]).toEqual([expect.stringMatching(detail), 422, 'unprocessable'])
      expect(problem.detail, 'is whole sentences').toMatch(/^(\S.*\.\n?)+$/)
      expect(explain(problem.complaint)).toBe(problem.detail)
    }
    expect(await everythingOf(programs, ['es', 'pl'])).toEqual(before)
  })

  test('is refused where it is larger than a pack may be, without being read to its end', async () => {
    let pulled = 0
    const body = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(new Uint8Array(1_000_000).fill(32))
      },
    })
    const init = { token: desk, method: 'POST', body, duplex: 'half' }
    const response = await programs.call('/api/v1/packs', init)
    expect([response.status, response.headers.get('Content-Type')]).toEqual([413, 'application/problem+json'])
    expect(pulled).toBeLessThan(packBytesMax / 1_000_000 + 4)
    expect((await send(new Uint8Array(11_000_000))).status).toBe(413)
    expect((await send(new Uint8Array(packBytesMax).fill(32))).status).toBe(422)
  })

  test('is refused where it is compressed, or within a form', async () => {
    const json = encode(edited(await packOf('pl'), 'json', { title: 'Port zamknięty' }))
    const zipped = await new Response(new Blob([json]).stream().pipeThrough(new CompressionStream('gzip'))).arrayBuffer()
    const compressed = await send(zipped, undefined, { 'Content-Encoding': 'gzip' })
    expect([compressed.status, compressed.headers.get('Accept-Encoding')]).toEqual([415, 'identity'])
    const form = new FormData()
    form.set('file', new Blob([json]), 'harbour-closes.json')
    expect((await send(form)).status).toBe(415)
    expect(await titleIn('pl')).toBe('pl: The harbour closes for a month')
  })

  test('is not so for what it is said to be: its content tells', async () => {
    const po = edited(await packOf('pl'), 'po', { title: 'Port zamknięty' })
    const type = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Encoding': 'identity' }
    const response = await send(po, '?file=anything.json', type)
    expect(changesIn((await response.json()) as Receipt)).toEqual({ title: 'accepted' })
  })

  test('is asked for with words that there are', async () => {
    expect((await send('x', '?dry-run=perhaps')).status).toBe(400)
    expect((await send('x', `?file=${'x'.repeat(201)}`)).status).toBe(400)
  })

  test('is told of in the language of whoever runs the program', async () => {
    const response = await send('hello', '', { 'Accept-Language': 'pl' })
    expect(response.headers.get('Content-Language')).toBe('pl')
    expect(await response.json()).toMatchObject({ title: programs.site.speak('pl').t('error.unprocessable.title') })
  })

  test('that is of a briefing loaded since is taken in', async () => {
    const other = aBriefing({ id: 'other', slug: 'other' })
    const json = edited({ ...(await packOf('pl')), name: 'other' }, 'json', { title: 'Inny' })
    expect((await send(json, '?file=other.json')).status).toBe(422)
    await programs.load({ briefing: other, translations: [aTranslation(other, 'pl')] })
    expect((await send(json, '?file=other.json')).status).toBe(200)
  })
})
