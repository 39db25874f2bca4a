import { describe, expect, test } from 'vitest'
import { openLocales } from '../../src/language/locale'
import { type BriefingContent, readContent } from '../../src/newsroom/content-files'
import { type LoadProgress, loadElsewhere } from '../../src/remote/load'
import type { LocaleFile } from '../../src/translations/translation'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { filesOf, type Loaded } from '../support/newsroom'
import { everythingOf, openToPrograms } from '../support/programs'
import { clientOf, entrance, killedAt } from '../support/remote'

const quay = aBriefing({ id: 'quay', slug: 'quay-reopens', title: 'The quay reopens' })
const harbour = revised(aBriefing(), 'material', '2025-04-01T08:00:00Z', (each) => ({
  ...each,
  title: 'The harbour stays closed',
}))
const content: readonly Loaded[] = [
  { briefing: harbour, translations: [aTranslation(harbour, 'es'), aTranslation(harbour, 'ja'), aTranslation(harbour, 'ar')] },
  { briefing: quay, translations: [aTranslation(quay, 'fr')] },
  { briefing: aBriefing({ id: 'mole', slug: 'mole-breaks', state: 'draft' }) },
]

/** A site that has an earlier state of one of three briefings, and a program that may load the rest. */
async function openSite() {
  const programs = await openToPrograms()
  const { secret } = await programs.issue({ locales: 'all', mayEdit: true, mayPublish: true })
  const read = readContent(filesOf(content), programs.site.locales, programs.site.settings)
  if ('problems' in read) throw new Error('The content of the test is wrong.')
  const all = programs.database.query.selectFrom('audit').select('number').orderBy('number', 'desc').limit(1)
  const { number: since = 0 } = (await all.executeTakeFirst()) ?? {}
  return { ...programs, secret, contents: read, since }
}

/** How often each briefing was printed since the site was opened. */
async function printsOf({ database, since }: Awaited<ReturnType<typeof openSite>>) {
  const rows = await database.query
    .selectFrom('audit')
    .select('subject')
    .where('act', '=', 'printed')
    .where('number', '>', since)
    .execute()
  return Object.fromEntries(['harbour', 'quay', 'mole'].map((id) => [id, rows.filter(({ subject }) => subject === id).length]))
}

describe('loading into a site elsewhere', () => {
  test('ends as a local load does, with its receipts in its order, and prints each briefing once, wherever it is killed', async () => {
    const local = await openSite()
    const tags = openLocales(local.site.locales)
    const receipts = await local.load(...content)
    const [there, prints] = [await everythingOf(local, tags), await printsOf(local)]

    for (const isDone of [false, true]) {
      for (let request = 1; request <= 8; request += 1) {
        const site = await openSite()
        const killed = loadElsewhere(clientOf(site, site.secret, killedAt(request, isDone)), site.contents)
        if (request < 8) await expect(killed).rejects.toThrow(`${entrance} cannot be reached`)
        else expect(await killed).toEqual(receipts)
        const again = await loadElsewhere(clientOf(site, site.secret), site.contents)
        expect(again.map(({ slug }) => slug)).toEqual(receipts.map(({ slug }) => slug))
        expect([await everythingOf(site, tags), await printsOf(site)]).toEqual([there, prints])
        expect(
          (await loadElsewhere(clientOf(site, site.secret), site.contents)).every(({ outcome }) => outcome === 'unchanged'),
        ).toBe(true)
      }
    }
  })

  test('writes nothing where anything is wrong, and names all that is', async () => {
    const site = await openSite()
    const wrong = (content: BriefingContent): BriefingContent => ({
      ...content,
      briefing: { ...content.briefing, image: { ...aBriefing().image, file: 'none.svg' } },
    })
    const [first, ...others] = site.contents
    if (!first) throw new Error('The content of the test is empty.')
    const before = await everythingOf(site, ['en', 'es', 'fr'])
    const loading = loadElsewhere(clientOf(site, site.secret), [first, ...others.map(wrong)])
    await expect(loading).rejects.toThrow(
      /^db\/briefings\/mole-breaks\.json: .*The site has no picture db\/images\/none\.svg\. Ask its operator.*\ndb\/briefings\/quay-reopens\.json: .*none\.svg.*$/,
    )
    expect(await everythingOf(site, ['en', 'es', 'fr'])).toEqual(before)
  })

  test('tells of each briefing twice: what would come of it, and what did', async () => {
    const site = await openSite()
    const told: LoadProgress[] = []
    await loadElsewhere(clientOf(site, site.secret), site.contents, (each) => told.push(each))
    expect(told.map(({ receipt, isTrial, done, all }) => [receipt.slug, receipt.outcome, isTrial, done, all])).toEqual(
      [true, false].flatMap((isTrial) => [
        ['harbour-closes', 'changed', isTrial, 1, 3],
        ['mole-breaks', 'new', isTrial, 2, 3],
        ['quay-reopens', 'new', isTrial, 3, 3],
      ]),
    )
  })

  test('goes on where somebody else loaded the same meanwhile, and both have loaded it', async () => {
    const site = await openSite()
    let isOther = false
    const client = clientOf(site, site.secret, (send) => async (address, init) => {
      if (init.method === 'PUT' && !address.includes('dry-run=true') && !isOther) {
        isOther = true
        await site.load(...content)
      }
      return await send(address, init)
    })
    const receipts = await loadElsewhere(client, site.contents)
    expect(receipts.map(({ outcome }) => outcome)).toEqual(['unchanged', 'unchanged', 'unchanged'])
    expect(await printsOf(site)).toEqual({ harbour: 1, quay: 1, mole: 0 })
  })

  test('of two programs at the very same time fails for neither', async () => {
    const site = await openSite()
    const both = await Promise.all([1, 2].map(() => loadElsewhere(clientOf(site, site.secret), site.contents)))
    expect(both.map((receipts) => receipts.length)).toEqual([3, 3])
    const { revisions } = await everythingOf(site, ['es'])
    expect(revisions.map(({ revision }) => revision)).toEqual([1, 2])
  })

  test('tells which language a site has moved on in, and leaves it as it is', async () => {
    const site = await openSite()
    await loadElsewhere(clientOf(site, site.secret), site.contents)
    const desk = clientOf(site, (await site.issue({ locales: ['es'], mayWrite: true })).secret)
    const params = { locale: 'es', slug: 'harbour-closes' }
    const { content: file, etag } = await desk.ask('getTranslation', { params })
    const mended: LocaleFile = {
      ...aTranslation(harbour, 'es'),
      ...file,
      credits: [...file.credits],
      outdated: [],
      proposed: [],
      undecided: [],
      accepted: {},
      segments: { title: 'Cierra el puerto' },
    }
    await desk.ask('putTranslation', { params, body: mended, madeFrom: etag })
    const [receipt] = await loadElsewhere(clientOf(site, site.secret), site.contents)
    expect(receipt).toMatchObject({ outcome: 'unchanged', behind: ['es'] })
  })
})
