import fc from 'fast-check'
import { beforeEach, describe, expect, test } from 'vitest'
import { explain } from '../../src/language/newsroom'
import type { Client } from '../../src/remote/client'
import { needsSomebody, pull, push, type SyncResult } from '../../src/remote/sync'
import { findTranslation } from '../../src/translations/store'
import type { LocaleFile } from '../../src/translations/translation'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { titleIn } from '../support/desk'
import { openToPrograms, type Programs } from '../support/programs'
import { aFolder, clientOf, entrance, killedAt } from '../support/remote'
import { rounds } from '../support/rounds'

const path = 'locales/es/briefings/harbour-closes.json'
const statePath = '.vernacular.json'
/** What is said of the file where the site saved it beside what readers have. */
const unpublished = { slug: 'harbour-closes', locale: 'es' }

let programs: Programs
let desk: Client
/** Somebody else at the same desk, with a token of their own. */
let other: Client
let token: string
beforeEach(async () => {
  programs = await openToPrograms()
  token = (await programs.issue({ locales: ['es'], mayWrite: true })).secret
  desk = clientOf(programs, token)
  other = clientOf(programs, (await programs.issue({ locales: ['es'], mayWrite: true })).secret)
})

type MemoryFolder = ReturnType<typeof aFolder>

/** All that was synced, with its complaints in words. */
async function all(results: AsyncGenerator<SyncResult>) {
  const found: (Omit<SyncResult, 'complaints'> & { readonly reasons: readonly string[] })[] = []
  for await (const { complaints, ...each } of results) found.push({ ...each, reasons: complaints.map(explain) })
  return found
}
const outcomes = async (results: AsyncGenerator<SyncResult>) => (await all(results)).map(({ outcome }) => outcome)
const fileIn = (folder: MemoryFolder) => JSON.parse(folder.read(path) ?? '') as LocaleFile

async function pulled(client: Client = desk): Promise<MemoryFolder> {
  const folder = aFolder()
  expect(await outcomes(pull(client, folder))).toEqual(['pulled'])
  return folder
}

/** Edits the pulled file as its translator does. */
function edit(folder: MemoryFolder, segments: Readonly<Record<string, string>>, others: Partial<LocaleFile> = {}): string {
  const file = fileIn(folder)
  const text = JSON.stringify({ ...file, ...others, segments: { ...file.segments, ...segments } })
  folder.write(path, text)
  return text
}

const atSite = async () => await findTranslation(programs.database, 'harbour', 'es')
const titleOfReaders = () => titleIn(programs, 'es')
const titleAtSite = async () => (await atSite())?.segments['title']?.text

/** The briefing with another title, materially. */
const retitled = () => revised(aBriefing(), 'material', '2025-04-01T08:00:00Z', (each) => ({ ...each, title: 'It stays closed' }))

describe('pulling', () => {
  test('brings each file as the command line would export it, once, and again when it has changed', async () => {
    const folder = await pulled()
    const exported = await (await programs.fetchPack(token, 'es', 'json', '&without-english=true')).text()
    expect(folder.read(path)).toBe(exported)
    expect(await outcomes(pull(desk, folder))).toEqual(['unchanged'])
    await programs.load({ briefing: retitled() })
    expect(await outcomes(pull(desk, folder))).toEqual(['pulled'])
    expect(fileIn(folder)).toMatchObject({ sourceRevision: 2, outdated: ['title'] })
  })

  test('asks for what has changed, and for nothing else', async () => {
    const folder = await pulled()
    const asked: string[] = []
    const counted = clientOf(programs, token, (send) => (address, init) => {
      asked.push(new URL(address).pathname)
      return send(address, init)
    })
    await all(pull(counted, folder))
    expect(asked.filter((each) => each.endsWith('/harbour-closes'))).toEqual([])
  })

  test('takes all languages that the token reaches, or those named, and says so where there is none', async () => {
    const both = clientOf(programs, (await programs.issue({ locales: ['pl', 'es'] })).secret)
    const paths = (await all(pull(both, aFolder()))).map((each) => each.path)
    expect(paths).toEqual([path, path.replace('/es/', '/pl/')])
    expect((await all(pull(both, aFolder(), ['pl']))).map((each) => each.path)).toEqual([path.replace('/es/', '/pl/')])
    await expect(all(pull(both, aFolder(), ['fr']))).rejects.toThrow('This token gives no access to fr.')
    const none = clientOf(programs, (await programs.issue({ locales: [] })).secret)
    await expect(all(pull(none, aFolder()))).rejects.toThrow('The token gives access to no language')
  })

  test('never overwrites what was edited, nor a file that it did not bring', async () => {
    const folder = await pulled()
    const mine = edit(folder, { title: 'Mío' })
    expect(await outcomes(pull(desk, folder))).toEqual(['unchanged'])
    await programs.load({ briefing: retitled() })
    const [left] = await all(pull(desk, folder))
    expect(left).toMatchObject({ outcome: 'left', reasons: [expect.stringContaining('has changed both here and on the site')] })
    expect(left && needsSomebody(left)).toBe(true)
    expect(folder.read(path)).toBe(mine)

    const own = aFolder({ [path]: '{}' })
    expect(await all(pull(desk, own))).toMatchObject([{ outcome: 'left', reasons: [expect.stringContaining('was not pulled')] }])
    expect(own.read(path)).toBe('{}')
  })

  test('does not mix two sites in one folder', async () => {
    const folder = aFolder({ [statePath]: '{"origin":"https://other.example","files":{}}' })
    await expect(all(pull(desk, folder))).rejects.toThrow('was pulled from https://other.example')
    await expect(all(push(desk, folder))).rejects.toThrow('was pulled from https://other.example')
    await expect(all(push(desk, aFolder()))).rejects.toThrow('Pull first')
  })

  test('writes nowhere but below the folders of languages, whatever a site calls its languages and briefings', async () => {
    const names = fc.oneof(
      fc.constantFrom('..', '../..', '/etc', 'es/../..', 'C:\\', '.vernacular', 'a\u0000b', 'es'),
      fc.string(),
    )
    await fc.assert(
      fc.asyncProperty(names, names, async (locale, slug) => {
        const json = (value: unknown) =>
          new Response(JSON.stringify(value), { headers: { 'Content-Type': 'application/json', ETag: '"1-1"' } })
        const tag = { tag: locale, name: 'x', dir: 'ltr', state: 'public', fallback: [], coverage: [] }
        const one = { slug, revision: 1, published: null, sourceRevision: 1, state: 'draft', etag: '"1-1"' }
        const client = clientOf(programs, token, () => async (address) => {
          const { pathname } = new URL(address)
          if (pathname === '/api/v1/locales') return json({ source: 'en', locales: [tag] })
          if (pathname.split('/').length === 5) return json({ locale, translations: [one] })
          return json(aTranslation(aBriefing(), 'es'))
        })
        const folder = aFolder()
        await all(pull(client, folder)).catch(() => {})
        const written = [...folder.files.keys()].filter((each) => each !== statePath)
        expect(written.filter((each) => !/^locales\/[A-Za-z0-9-]+\/briefings\/[a-z0-9-]+\.json$/.test(each))).toEqual([])
      }),
      { numRuns: rounds(200) },
    )
  })
})

describe('pushing', () => {
  test('is tried without a change here or there, and tells what would become of each file', async () => {
    const folder = await pulled()
    const mine = edit(folder, { title: 'Cierra el puerto' })
    const [before, files] = [await atSite(), [...folder.files]]
    expect(await all(push(desk, folder, { isTrial: true }))).toEqual([{ path, outcome: 'pushed', reasons: [] }])
    edit(folder, { title: 'Cierra \u202eel puerto' })
    expect(await all(push(desk, folder, { isTrial: true }))).toMatchObject([
      { outcome: 'refused', reasons: [expect.stringContaining('title')] },
    ])
    folder.write(path, mine)
    expect([await atSite(), [...folder.files]]).toEqual([before, files])

    const theirs = await pulled()
    edit(theirs, { title: 'Otro título' })
    expect(await outcomes(push(other, theirs))).toEqual(['pushed'])
    const after = await atSite()
    expect(await all(push(desk, folder, { isTrial: true }))).toMatchObject([{ outcome: 'conflict' }])
    expect([await atSite(), [...folder.files]]).toEqual([after, files])
  })

  test('sends what was edited, once, and leaves the file as the site then has it', async () => {
    const folder = await pulled()
    expect(await outcomes(push(desk, folder))).toEqual(['unchanged'])
    edit(folder, { title: 'Cierra el puerto' })
    expect(await all(push(desk, folder))).toEqual([{ path, outcome: 'pushed', reasons: [], unpublished }])
    expect(await titleAtSite()).toBe('Cierra el puerto')
    expect(folder.read(path)).toBe(await (await programs.fetchPack(token, 'es', 'json', '&without-english=true')).text())
    expect(await outcomes(push(desk, folder))).toEqual(['unchanged'])
    expect(await outcomes(pull(desk, folder))).toEqual(['unchanged'])
    expect((await atSite())?.revision).toBe(2)
  })

  test('saves, and readers keep what they have: it says so of the file, and leaves it a draft', async () => {
    const folder = await pulled()
    edit(folder, { title: 'Cierra el puerto' })
    expect(await all(push(desk, folder))).toEqual([{ path, outcome: 'pushed', reasons: [], unpublished }])
    expect([await titleAtSite(), await titleOfReaders()]).toEqual(['Cierra el puerto', 'es: The harbour closes for a month'])
    expect(fileIn(folder).state).toBe('draft')
    const mine = edit(folder, {}, { state: 'approved' })
    expect(await all(push(desk, folder))).toEqual([{ path, outcome: 'pushed', reasons: [], unpublished }])
    expect([fileIn(folder).state, folder.read(path) === mine, await titleOfReaders()]).toEqual([
      'draft',
      false,
      'es: The harbour closes for a month',
    ])
  })

  test('publishes on demand, by a token that may; by any other nothing is even saved', async () => {
    const folder = await pulled()
    edit(folder, { title: 'Cierra el puerto' })
    const before = await atSite()
    await expect(all(push(desk, folder, { publishes: true }))).rejects.toThrow('This token may save texts, but not publish them.')
    expect(await atSite()).toEqual(before)
    const press = clientOf(programs, (await programs.issue({ mayWrite: true, mayPublish: true })).secret)
    expect(await all(push(press, folder, { isTrial: true, publishes: true }))).toEqual([{ path, outcome: 'pushed', reasons: [] }])
    expect([await atSite(), await titleOfReaders()]).toEqual([before, 'es: The harbour closes for a month'])
    expect(await all(push(press, folder, { publishes: true }))).toEqual([{ path, outcome: 'pushed', reasons: [] }])
    expect([await titleOfReaders(), fileIn(folder).state]).toEqual(['Cierra el puerto', 'approved'])
    edit(folder, { title: 'Cierra hoy' })
    expect(await outcomes(push(desk, folder))).toEqual(['pushed'])
    edit(folder, { summary: 'Nada se mueve.' })
    expect(await all(push(press, folder, { publishes: true }))).toEqual([{ path, outcome: 'pushed', reasons: [] }])
    expect([await titleOfReaders(), fileIn(folder).state]).toEqual(['Cierra hoy', 'approved'])
  })

  test('that publishes says what to look at in all texts that readers get by it', async () => {
    const folder = await pulled()
    const press = clientOf(programs, (await programs.issue({ mayWrite: true, mayPublish: true })).secret)
    edit(folder, { title: 'Cierran 900 puertos' })
    const [saved] = await all(push(desk, folder))
    expect(saved).not.toHaveProperty('warnings')
    const rulesOf = ({ warnings = [] }: Pick<SyncResult, 'warnings'>) => warnings.map(({ segment, rule }) => `${segment} ${rule}`)
    edit(folder, { summary: 'Nada se mueve.' })
    const published: string[][] = []
    for await (const each of push(press, folder, { publishes: true })) published.push([each.outcome, ...rulesOf(each)])
    expect(published.map(([outcome]) => outcome)).toEqual(['pushed'])
    expect(published[0]).toContain('title numbers')
  })

  test('publishes on demand what an earlier push only saved, and nothing that nobody pushed from here', async () => {
    const folder = await pulled()
    const press = clientOf(programs, (await programs.issue({ mayWrite: true, mayPublish: true })).secret)
    edit(folder, { title: 'Cierra el puerto' })
    expect(await outcomes(push(desk, folder))).toEqual(['pushed'])
    expect(await outcomes(push(desk, folder))).toEqual(['unchanged'])
    const other = await pulled()
    expect(await outcomes(push(press, other, { publishes: true }))).toEqual(['unchanged'])
    expect(await titleOfReaders()).toBe('es: The harbour closes for a month')
    expect(await all(push(press, folder, { publishes: true }))).toEqual([{ path, outcome: 'pushed', reasons: [] }])
    expect([await titleOfReaders(), fileIn(folder).state]).toEqual(['Cierra el puerto', 'approved'])
    expect(await outcomes(push(press, folder, { publishes: true }))).toEqual(['unchanged'])
  })

  test('publishes no text made from English that readers do not have, and says which', async () => {
    await programs.load({ briefing: { ...retitled(), state: 'draft' } })
    const press = clientOf(programs, (await programs.issue({ mayWrite: true, mayPublish: true })).secret)
    const folder = await pulled()
    const mine = edit(folder, { title: 'Sigue cerrado' })
    expect(await all(push(press, folder, { publishes: true }))).toEqual([
      { path, outcome: 'refused', reasons: [expect.stringContaining('English text that is not published yet (title)')] },
    ])
    expect([folder.read(path), (await atSite())?.revision]).toEqual([mine, 1])
    expect(await outcomes(push(press, folder))).toEqual(['pushed'])
    expect([await titleAtSite(), await titleOfReaders()]).toEqual(['Sigue cerrado', 'es: The harbour closes for a month'])
  })

  test('of two translators tells the second what is another at the site, and loses the text of neither', async () => {
    const [ada, ben] = [await pulled(), await pulled()]
    edit(ada, { title: 'De Ada', summary: 'Resumen de Ada' })
    const mine = edit(ben, { title: 'De Ben', 'watch.tow': 'De Ben también' })
    expect(await outcomes(push(desk, ada))).toEqual(['pushed'])
    expect(await outcomes(push(other, ben, { isTrial: true }))).toEqual(['conflict'])
    const [conflict] = await all(push(other, ben))
    expect(conflict).toEqual({
      path,
      outcome: 'conflict',
      reasons: [
        'The file was made from revision 1, but the site is at 3. Move it away, pull again and add your texts to the new file.',
        expect.stringMatching(/^title: conflict: Somebody else has changed this .* Yours: “De Ben”\. Theirs: “De Ada”\.$/),
      ],
    })
    expect([ben.read(path), await titleAtSite()]).toEqual([mine, 'De Ada'])
    expect((await atSite())?.segments).toMatchObject({
      summary: { text: 'Resumen de Ada' },
      'watch.tow': { text: 'De Ben también' },
    })
    expect(await outcomes(push(other, ben))).toEqual(['conflict'])
    expect([await titleAtSite(), (await atSite())?.revision]).toEqual(['De Ada', 3])

    ben.write(`${path}.mine`, mine)
    ben.files.delete(path)
    expect(await outcomes(pull(other, ben))).toEqual(['pulled'])
    edit(ben, { title: 'De Ada y Ben' })
    expect(await outcomes(push(other, ben))).toEqual(['pushed'])
    expect((await atSite())?.segments).toMatchObject({ title: { text: 'De Ada y Ben' }, summary: { text: 'Resumen de Ada' } })
  })

  test('of one translator twice from two folders takes the newest text, and tells what it replaced', async () => {
    const [office, home] = [await pulled(), await pulled()]
    edit(office, { title: 'De la oficina' })
    edit(home, { title: 'De casa' })
    expect(await outcomes(push(desk, office))).toEqual(['pushed'])
    expect(await all(push(desk, home))).toMatchObject([
      {
        path,
        outcome: 'pushed',
        reasons: [expect.stringMatching(/^title: accepted: This has replaced a text .* same token.* It was: “De la oficina”\.$/)],
      },
    ])
    expect(await titleAtSite()).toBe('De casa')
  })

  test('of two translators who changed other texts takes both, and the file has both', async () => {
    const [ada, ben] = [await pulled(), await pulled()]
    edit(ada, { title: 'De Ada' })
    edit(ben, { summary: 'De Ben' })
    expect(await outcomes(push(desk, ada))).toEqual(['pushed'])
    expect(await outcomes(push(desk, ben))).toEqual(['pushed'])
    expect((await atSite())?.segments).toMatchObject({ title: { text: 'De Ada' }, summary: { text: 'De Ben' } })
    expect(ben.read(path)).toContain('De Ada')
    expect(await outcomes(push(desk, ben))).toEqual(['unchanged'])
  })

  test('goes on where only the English has moved, and passes nothing off as made from the new English', async () => {
    const folder = await pulled()
    const mine = edit(folder, { title: 'Sigue cerrado', summary: 'Nada se mueve.' })
    await programs.load({ briefing: retitled() })
    const [pushed] = await all(push(desk, folder))
    expect(pushed?.outcome).toBe('pushed')
    expect(pushed?.reasons).toEqual([expect.stringMatching(/^title: outdated-saved: The English has changed in substance/)])
    expect((await atSite())?.segments['summary']?.text).toBe('Nada se mueve.')
    expect(await titleAtSite()).toBe('Sigue cerrado')
    expect(folder.read(path)).toMatch(/"outdated": \[\s*"title"\s*\]/)
    expect(folder.read(path)).not.toBe(mine)
    expect(await outcomes(push(desk, folder))).toEqual(['unchanged'])
    expect((await atSite())?.revision).toBe(2)
  })

  test('keeps what was refused in the file, says why, and sends it again once it was mended', async () => {
    const folder = await pulled()
    const link = 'body.closure'
    const mine = edit(folder, { title: 'Cierra el puerto', [link]: 'Sin enlace.' })
    const [first] = await all(push(desk, folder))
    expect(first).toMatchObject({ outcome: 'refused', reasons: [expect.stringMatching(/^body\.closure: rejected: links/)] })
    expect([folder.read(path), await titleAtSite()]).toEqual([mine, 'Cierra el puerto'])
    expect(await outcomes(pull(desk, folder))).toEqual(['unchanged'])
    edit(folder, { [link]: 'Cerró, según [su aviso](https://port.example/notice).' })
    expect(await outcomes(push(desk, folder))).toEqual(['pushed'])
    expect((await atSite())?.segments[link]?.text).toContain('Cerró')
  })

  test('does not send over what somebody changed after a part of it was taken in', async () => {
    const folder = await pulled()
    edit(folder, { title: 'Mío', 'body.closure': 'Sin enlace.' })
    expect(await outcomes(push(desk, folder))).toEqual(['refused'])
    const other = await pulled()
    edit(other, { title: 'De otra mano' })
    expect(await outcomes(push(desk, other))).toEqual(['pushed'])
    expect(await outcomes(push(desk, folder))).toEqual(['refused'])
    expect(await titleAtSite()).toBe('De otra mano')
  })

  test('does not send over what somebody changed at that very moment', async () => {
    const [folder, other] = [await pulled(), aFolder()]
    edit(folder, { title: 'Mío', 'body.closure': 'Sin enlace.' })
    const slow = clientOf(programs, token, (send) => async (address, init) => {
      const response = await send(address, init)
      if (init.method !== 'PUT') return response
      await all(pull(desk, other))
      edit(other, { title: 'De otra mano' })
      await all(push(desk, other))
      return response
    })
    expect(await outcomes(push(slow, folder))).toEqual(['refused'])
    expect(await outcomes(push(desk, folder))).toEqual(['refused'])
    expect(await titleAtSite()).toBe('De otra mano')
  })

  test('sends a file too that was put back to what was pulled after a part of it was taken in', async () => {
    const folder = await pulled()
    const first = folder.read(path) ?? ''
    edit(folder, { title: 'Mío', 'body.closure': 'Sin enlace.' })
    expect(await outcomes(push(desk, folder))).toEqual(['refused'])
    folder.write(path, first)
    expect(await outcomes(push(desk, folder))).toEqual(['pushed'])
    expect(await titleAtSite()).toBe('es: The harbour closes for a month')
  })

  test('does not take what is the site’s to say, and does not overwrite it in the file', async () => {
    const folder = await pulled()
    const mine = edit(folder, { title: 'Mío' }, { state: 'withdrawn' })
    expect(await all(push(desk, folder))).toEqual([
      { path, outcome: 'refused', reasons: ['state: The site has a different text and kept it.'], unpublished },
    ])
    expect(await atSite()).toMatchObject({ state: 'draft', published: 1 })
    expect(await titleOfReaders()).toBe('es: The harbour closes for a month')
    expect(folder.read(path)).toBe(mine)
  })

  test('tells of a file that is broken or of another language, and goes on with the others', async () => {
    const both = clientOf(programs, (await programs.issue({ locales: ['es', 'pl'], mayWrite: true })).secret)
    for (const broken of ['{"locale":', JSON.stringify(aTranslation(aBriefing(), 'pl'))]) {
      const folder = aFolder()
      await all(pull(both, folder))
      folder.write(path, broken)
      const polish = path.replace('/es/', '/pl/')
      folder.write(polish, (folder.read(polish) ?? '').replace(/"title": "[^"]*"/, `"title": "Port ${broken.length}"`))
      expect(await outcomes(push(both, folder))).toEqual(['refused', 'pushed'])
      expect(folder.read(path)).toBe(broken)
    }
  })

  test('leaves what is edited while it is sent', async () => {
    const folder = await pulled()
    edit(folder, { title: 'Mío' })
    let later = ''
    const slow = clientOf(programs, token, (send) => async (address, init) => {
      const response = await send(address, init)
      if (init.method === 'PUT') later = edit(folder, { summary: 'Más tarde' })
      return response
    })
    expect(await outcomes(push(slow, folder))).toEqual(['pushed'])
    expect(folder.read(path)).toBe(later)
    expect(await outcomes(push(desk, folder))).toEqual(['pushed'])
    expect((await atSite())?.segments).toMatchObject({ title: { text: 'Mío' }, summary: { text: 'Más tarde' } })
  })
})

/** The files of a folder, but for a member of what it remembers. */
const without = ({ files }: ReturnType<typeof aFolder>, member: string) =>
  [...files].map(([name, text]) => [
    name,
    JSON.parse(text, (key, value: unknown) => (key === member ? undefined : value)) as unknown,
  ])

describe('killed at any moment and run again', () => {
  test('a push does everything once, and a pull brings everything', async () => {
    let round = 0
    for (const isDone of [false, true]) {
      for (const request of [1, 2, 3]) {
        const folder = await pulled()
        const before = (await atSite())?.revision ?? 0
        round += 1
        edit(folder, { title: `Título ${round}` })
        await all(push(clientOf(programs, token, killedAt(request, isDone)), folder)).catch(() => {})
        expect(await outcomes(push(desk, folder))).toEqual(request === 3 ? ['unchanged'] : ['pushed'])
        expect([(await atSite())?.revision, await titleAtSite()]).toEqual([before + 1, `Título ${round}`])

        const fresh = aFolder()
        await all(pull(clientOf(programs, token, killedAt(request, isDone)), fresh)).catch(() => {})
        await all(pull(desk, fresh))
        // Only the folder that pushed knows that it did.
        expect(without(fresh, 'isHeld')).toEqual(without(folder, 'isHeld'))
      }
    }
  })

  test('a push of which a part is refused is answered what it was answered the first time', async () => {
    for (const request of [1, 2]) {
      const folder = await pulled()
      edit(folder, { title: `Título ${request}`, 'body.closure': 'Sin enlace.' })
      await all(push(clientOf(programs, token, killedAt(request, true)), folder)).catch(() => {})
      expect(await outcomes(push(desk, folder))).toEqual(['refused'])
      expect([(await atSite())?.revision, await titleAtSite()]).toEqual([1 + request, `Título ${request}`])
    }
  })

  test('between any two files that are written, no text is lost and nobody is called in', async () => {
    for (const most of [0, 1]) {
      const folder = await pulled()
      edit(folder, { title: `Título ${most}` })
      let written = 0
      const dying = {
        ...folder,
        write(each: string, text: string) {
          if (written === most) throw new Error('killed')
          written += 1
          folder.write(each, text)
        },
      }
      await expect(all(push(desk, dying))).rejects.toThrow('killed')
      expect(await outcomes(push(desk, folder))).toEqual(['pushed'])
      expect([fileIn(folder).segments['title'], await titleAtSite()]).toEqual([`Título ${most}`, `Título ${most}`])
      expect(await outcomes(pull(desk, folder))).toEqual(['unchanged'])
    }
  })
})

test('the state of a folder says which site it is of, and holds no token', async () => {
  const state = (await pulled()).read(statePath) ?? ''
  expect(JSON.parse(state)).toMatchObject({ origin: entrance, files: { 'es/harbour-closes': { etag: '"1-1"' } } })
  expect(state).not.toContain('vern_')
})
