import { beforeEach, describe, expect, test } from 'vitest'
import type { BriefingFile } from '../../src/briefings/briefing'
import { isOneClick } from '../../src/delivery/one-click'
import { followingOf } from '../../src/following/followed-store'
import { notifyWaiting } from '../../src/following/notify'
import { writesToRemove } from '../../src/members/kept-store'
import { statusAfter } from '../../src/newsroom/status'
import { newSecret } from '../../src/secrets/secret'
import type { Write } from '../../src/storage/database'
import { prune } from '../../src/tasks/prune'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { type Followers, openToFollowers } from '../support/followers'
import { find, linkIn } from '../support/html'

const ada = 'ada@example.com'
const briefing = aBriefing()
const dayAfter = (day: number) => `2025-03-0${day}T08:00:00Z`

let site: Followers
beforeEach(async () => {
  site = await openToFollowers()
  await site.load({ briefing })
})

const withSummary =
  (summary: string) =>
  <File extends BriefingFile>(each: File) => ({ ...each, summary })
const withBody =
  (id: string, text: string) =>
  <File extends BriefingFile>(each: File) => ({
    ...each,
    body: each.body.map((part) => (part.id === id ? { ...part, text } : part)),
  })

/** All that a mail says. */
const said = (mail: { subject: string; text: string; html: string } | undefined) => `${mail?.subject} ${mail?.text} ${mail?.html}`

describe('who waits for a briefing in their language', () => {
  test('is told when it is printed, once, however often it is printed again', async () => {
    await site.follow(ada, 'es')
    expect(await site.notify()).toBe(0)
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    expect(await site.notify()).toBe(1)
    const [mail] = await site.mails(ada)
    const { t } = site.site.speak('es')
    expect(mail).toMatchObject({
      locale: 'es',
      subject: t('mail.follow.available.subject', { title: 'es: The harbour closes for a month' }),
    })
    expect(mail?.text).toContain('https://briefings.example/es/briefings/harbour-closes\n')
    expect(mail?.text).toContain(t('mail.follow.available.text'))

    await site.load({ briefing, translations: [aTranslation(briefing, 'es', { state: 'withdrawn' })] })
    await site.notify()
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    await site.notify()
    const later = await site.deploy({})
    await notifyWaiting(later.site, 200)
    expect(await site.mails(ada)).toHaveLength(1)
  })

  test('is told once by two senders at once, and by one that starts again', async () => {
    const readers = Array.from({ length: 45 }, (_, index) => `reader-${index}@example.com`)
    for (const each of readers) await site.database.query.insertInto('following').values(standing(each, 'es')).execute()
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    const runs = await Promise.all([site.notify(), site.notify(), site.notify()])
    const after = await site.notify()
    expect(runs.reduce((sum, each) => sum + each, after)).toBe(45)
    const mails = await site.mails()
    expect(mails.map(({ to }) => to).toSorted()).toEqual(readers.toSorted())
  })

  test('is told once where the sender dies between any two of its writes', async () => {
    let writesLeft = Number.POSITIVE_INFINITY
    const dying = await openToFollowers({
      disturbed: (database) => ({
        ...database,
        atomically: async (writes: readonly Write[]) => {
          writesLeft -= 1
          if (writesLeft < 0) throw new Error('The process is gone.')
          return await database.atomically(writes)
        },
      }),
    })
    await dying.load({ briefing })
    const readers = Array.from({ length: 50 }, (_, index) => `reader-${index}@example.com`)
    for (const each of readers) await dying.database.query.insertInto('following').values(standing(each, 'es')).execute()
    await dying.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    for (const most of [1, 0, 1]) {
      writesLeft = most
      await dying.notify().catch(() => {})
    }
    expect((await dying.mails()).length).toBe(40)
    writesLeft = Number.POSITIVE_INFINITY
    await dying.notify()
    const mails = await dying.mails()
    expect(mails.map(({ to }) => to).toSorted()).toEqual(readers.toSorted())
  })

  test('is told a bounded number at a time; the next run goes on', async () => {
    for (let count = 0; count < 7; count += 1) {
      await site.database.query
        .insertInto('following')
        .values(standing(`reader-${count}@example.com`, 'es'))
        .execute()
    }
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    const runs: number[] = []
    for (let count = 0; count < 4; count += 1) runs.push(await site.notify(3))
    expect(runs).toEqual([3, 3, 1, 0])
  })

  test('is not told of a draft, of what is in review, of another language, or of a briefing that was withdrawn', async () => {
    await site.follow(ada, 'es')
    for (const state of ['draft', 'in-review'] as const) {
      await site.load({ briefing, translations: [aTranslation(briefing, 'es', { state }), aTranslation(briefing, 'pl')] })
      expect([state, await site.notify()]).toEqual([state, 0])
    }
    await site.takeBack('harbour-closes')
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    expect(await site.notify()).toBe(0)
    await site.publish('harbour-closes', 'en')
    await site.load({ briefing: aBriefing({ publishedAt: '2027-01-01T00:00:00Z' }), translations: [] })
    expect(await site.notify()).toBe(0)
    await site.load({ briefing })
    expect(await site.notify()).toBe(1)
  })

  test('is told nothing by a neighbour’s language, which they are shown already', async () => {
    await site.follow(ada, 'ca')
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    expect(await site.notify()).toBe(0)
    await site.load({ briefing, translations: [aTranslation(briefing, 'ca')] })
    expect(await site.notify()).toBe(1)
  })

  test('is written to in Arabic from right to left, with English marked as it is', async () => {
    await site.request(ada, 'ar')
    const [asked] = await site.read(ada)
    const { t } = site.site.speak('ar')
    expect(find(asked?.html ?? '', 'html')[0]?.attributes.get('dir')).toBe('rtl')
    expect(find(asked?.html ?? '', 'p', { lang: 'en', dir: 'ltr' })[0]?.text).toBe('The harbour closes for a month')
    await site.post(linkIn(asked, /confirm/), {})
    await site.load({ briefing, translations: [aTranslation(briefing, 'ar')] })
    await site.notify()
    const [mail] = await site.read(ada)
    expect(find(mail?.html ?? '', 'html')[0]?.attributes.get('dir')).toBe('rtl')
    expect(find(mail?.html ?? '', 'p', { lang: 'en' })).toEqual([])
    for (const text of [t('mail.follow.available.text'), t('follow.stop.title'), 'ar: The harbour closes for a month']) {
      expect(mail?.text).toContain(text)
      expect(mail?.html).toContain(text)
    }
  })

  test('is counted where translators look, until they are told', async () => {
    const requests = async () => {
      const { rows } = await statusAfter(site.site, ['es', 'pl'], '', 10)
      return rows.map(({ locale, requests: count }) => [locale, count])
    }
    await site.request('eve@example.com', 'es')
    await site.follow(ada, 'es')
    await site.follow('nur@example.com', 'es')
    await site.follow(ada, 'es', 'changes')
    expect(await requests()).toEqual([
      ['es', 2],
      ['pl', 0],
    ])
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    await site.notify()
    expect(await requests()).toEqual([
      ['es', 0],
      ['pl', 0],
    ])
  })
})

describe('who follows the changes of a briefing', () => {
  test('is told of each material change printed since, in their language and of the edition they are served', async () => {
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    await site.follow(ada, 'es', 'changes')
    await site.follow('jo@example.com', 'pl', 'changes')
    const second = revised(briefing, 'material', dayAfter(2), (each) =>
      withBody('detours', 'Ships go to Genoa.')(withSummary('Two dredgers.')(each)),
    )
    await site.load({ briefing: second })
    expect(await site.notify()).toBe(2)
    const [spanish] = await site.read(ada)
    const es = site.site.speak('es')
    expect(spanish?.subject).toBe(es.t('mail.follow.changed.subject', { title: 'es: The harbour closes for a month' }))
    expect(spanish?.text).toContain(`\n\n${es.t('briefing.summary')}\n\nes: Detours\n\n`)
    expect(spanish?.text).toContain('https://briefings.example/es/briefings/harbour-closes\n')
    const [polish] = await site.read('jo@example.com')
    expect(polish?.text).toContain(`\n\n${site.site.speak('pl').t('briefing.summary')}\n\nDetours\n\n`)
    expect(find(polish?.html ?? '', 'p', { lang: 'en', dir: 'ltr' }).map(({ text }) => text)).toEqual([
      'The harbour closes for a month',
      'Detours',
    ])
    const third = revised(second, 'material', dayAfter(3), withSummary('Three dredgers.'))
    await site.load({ briefing: third })
    await site.notify()
    const [next] = await site.read(ada)
    expect(next?.text).toContain(es.t('briefing.summary'))
    expect(next?.text).not.toContain('Detours')
    await site.load({ briefing: third, translations: [aTranslation(third, 'es')] })
    expect(await site.notify()).toBe(0)
  })

  test('is not told of typos and small corrections, of a translation, or of what was changed before', async () => {
    const second = revised(briefing, 'material', dayAfter(2), withSummary('Two dredgers.'))
    await site.load({ briefing: second })
    await site.follow(ada, 'es', 'changes')
    expect(await site.notify()).toBe(0)
    const third = revised(second, 'typo', dayAfter(3), withSummary('Two dredgers!'))
    await site.load({ briefing: third, translations: [aTranslation(third, 'es')] })
    expect(await site.notify()).toBe(0)
    const fourth = revised(third, 'minor', dayAfter(4), withSummary('Two large dredgers!'))
    await site.load({ briefing: fourth })
    expect(await site.notify()).toBe(0)
    const fifth = revised(fourth, 'material', dayAfter(5), withBody('detours', 'Ships go to Genoa.'))
    await site.load({ briefing: fifth })
    expect(await site.notify()).toBe(1)
    const [mail] = await site.read(ada)
    expect(mail?.text).not.toContain(site.site.speak('es').t('briefing.summary'))
  })

  test('is told in one mail of changes that were printed together, and of none where one undid the other', async () => {
    await site.follow(ada, 'es', 'changes')
    const second = revised(briefing, 'material', dayAfter(2), withSummary('Two dredgers.'))
    const third = revised(second, 'material', dayAfter(3), withSummary(briefing.summary))
    await site.load({ briefing: third })
    expect(await site.notify()).toBe(0)
    const fourth = revised(third, 'material', dayAfter(4), withSummary('Four dredgers.'))
    const fifth = revised(fourth, 'material', dayAfter(5), withBody('closure', 'It reopens.'))
    await site.load({ briefing: fifth })
    expect(await site.notify()).toBe(1)
    const [mail] = await site.read(ada)
    expect(mail?.text).toContain(site.site.speak('es').t('briefing.summary'))
    expect(mail?.text).toContain('The closure')
  })

  test('is told that the facts have changed where no text has', async () => {
    await site.follow(ada, 'es', 'changes')
    await site.load({ briefing: revised(briefing, 'material', dayAfter(2), (each) => ({ ...each, impact: 'critical' })) })
    expect(await site.notify()).toBe(1)
    expect((await site.read(ada))[0]?.text).toContain(site.site.speak('es').t('briefing.judgement'))
  })

  test('reads no word that is for members, though they learn which section has changed', async () => {
    await site.follow(ada, 'en', 'changes')
    const second = revised(briefing, 'material', dayAfter(2), (each) => ({
      ...each,
      sections: each.sections.map((section) => ({ ...section, text: `${section.text} canary-new` })),
      linkedOrganisations: {
        ...each.linkedOrganisations,
        notes: each.linkedOrganisations.notes.map((note) => ({ ...note, note: 'canary-new' })),
      },
    }))
    await site.load({ briefing: second })
    await site.notify()
    const [mail] = await site.read(ada)
    expect(said(mail)).toContain('What insurers say')
    expect(said(mail)).not.toContain('canary')
  })

  test('is told nothing of a briefing that was taken back, and of its changes once it is there again', async () => {
    await site.follow(ada, 'es', 'changes')
    const second = revised(briefing, 'material', dayAfter(2), withSummary('Two dredgers.'))
    await site.takeBack('harbour-closes')
    expect(await site.notify()).toBe(0)
    await site.load({ briefing: second })
    expect(await site.notify()).toBe(1)
  })
})

describe('whoever is written to can stop it', () => {
  const stopped = async () => (await site.database.query.selectFrom('following').select('id').execute()).length === 0

  /** Asks to stop as a provider of mail does: without an origin, without cookies. */
  const asProvider = (path: string, body: string, type = 'application/x-www-form-urlencoded') =>
    site.ask(path, { method: 'POST', headers: { 'Content-Type': type }, body })

  async function mailOfAChange(day = 2) {
    let changed: BriefingFile = briefing
    for (let each = 2; each <= day; each += 1) {
      changed = revised(changed, 'material', dayAfter(each), withSummary(`Dredger ${each}.`))
    }
    await site.load({ briefing: changed })
    await site.notify()
    return (await site.read(ada))[0]
  }

  test('with one click in the program that shows the mail, by the link of any mail, as often as they like', async () => {
    await site.follow(ada, 'es', 'changes')
    const [first, second] = [await mailOfAChange(2), await mailOfAChange(3)]
    const header = first?.headers['List-Unsubscribe'] ?? ''
    expect(first?.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
    expect(header).not.toBe(second?.headers['List-Unsubscribe'])
    const path = new URL(header.slice(1, -1)).pathname
    expect(path).toBe(linkIn(first, /\/follow\/stop\//))

    for (const [body, type] of [
      ['', undefined],
      ['List-Unsubscribe=one-click', undefined],
      ['List-Unsubscribe=One-Click&more=1', undefined],
      ['List-Unsubscribe=One-Click', 'text/plain'],
    ] as const) {
      expect([body, (await asProvider(path, body, type)).status]).toEqual([body, 400])
    }
    expect(await stopped()).toBe(false)
    const answer = await asProvider(path, 'List-Unsubscribe=One-Click')
    expect([answer.status, await stopped()]).toEqual([200, true])
    const again = await asProvider(path, 'List-Unsubscribe=One-Click')
    expect([again.status, await again.text()]).toEqual([200, await answer.text()])
    expect(await mailOfAChange(4)).toBeUndefined()
  })

  test('on a page, by a button: to open the link stops nothing', async () => {
    await site.follow(ada, 'ar', 'changes')
    const path = linkIn(await mailOfAChange(), /\/follow\/stop\//)
    const page = await site.text(path)
    expect(await stopped()).toBe(false)
    expect(find(page, 'form', { method: 'post', action: path })).toHaveLength(1)
    const [button] = find(page, 'button', { name: 'List-Unsubscribe' })
    const fields = { 'List-Unsubscribe': button?.attributes.get('value') ?? '' }
    expect(isOneClick(fields)).toBe(true)
    expect((await site.post(path, fields)).status).toBe(200)
    expect(await stopped()).toBe(true)
  })

  test('and nobody else by guessing: an invented link looks the same and does nothing', async () => {
    await site.follow(ada, 'es', 'changes')
    const real = linkIn(await mailOfAChange(), /\/follow\/stop\//)
    const invented = `/es/follow/stop/${newSecret()}`
    const look = async (path: string) => {
      const [page, answer] = [await site.get(path), await asProvider(path, 'List-Unsubscribe=One-Click')]
      const secret = path.split('/').at(-1) ?? ''
      return [page.status, (await page.text()).replaceAll(secret, ''), answer.status, await answer.text()]
    }
    const guessed = await look(invented)
    expect(await stopped()).toBe(false)
    expect(await look(real)).toEqual(guessed)
    expect(await stopped()).toBe(true)
    const ids = await site.database.query.selectFrom('following_stop').select('hash').execute()
    expect(ids).toEqual([])
    for (const each of ['x', 'vern_short', `${newSecret()}x`]) {
      expect((await asProvider(`/es/follow/stop/${each}`, 'List-Unsubscribe=One-Click')).status).toBe(404)
    }
  })

  test('by what is in the database nobody can: not with a hash for a secret', async () => {
    await site.follow(ada, 'es', 'changes')
    await mailOfAChange()
    const { hash } = await site.database.query.selectFrom('following_stop').select('hash').executeTakeFirstOrThrow()
    await asProvider(`/es/follow/stop/${hash}`, 'List-Unsubscribe=One-Click')
    await asProvider(`/es/follow/stop/vern_${hash.slice(0, 43)}`, 'List-Unsubscribe=One-Click')
    expect(await stopped()).toBe(false)
  })

  test('even while they are being told: then no mail is queued', async () => {
    let interfere = async () => {}
    const disturbed = await openToFollowers({
      disturbed: (database) => ({
        ...database,
        atomically: async (writes: readonly Write[]) => {
          const now = interfere
          interfere = async () => {}
          await now()
          return await database.atomically(writes)
        },
      }),
    })
    await disturbed.load({ briefing })
    await disturbed.follow(ada, 'es')
    await disturbed.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    interfere = async () => {
      await disturbed.database.query.deleteFrom('following').execute()
    }
    expect(await disturbed.notify()).toBe(0)
    expect(await disturbed.notify()).toBe(0)
    expect(await disturbed.mails()).toEqual([])
  })
})

describe('what is kept of followers', () => {
  test('goes with the person: of nobody else', async () => {
    await site.follow(ada, 'es')
    await site.follow('eve@example.com', 'es')
    await site.request(ada, 'pl')
    expect(await followingOf(site.database, { address: ada })).toMatchObject([
      { locale: 'es', wish: 'available', toldAt: null, briefing: { slug: 'harbour-closes' } },
    ])
    await site.database.atomically(writesToRemove(site.database, { id: 'nobody', address: ada }))
    const addresses = async (table: 'following' | 'confirmation') =>
      (await site.database.query.selectFrom(table).select('address').execute()).map(({ address }) => address)
    expect(new Set([...(await addresses('following')), ...(await addresses('confirmation'))])).toEqual(
      new Set(['eve@example.com']),
    )
  })

  test('is removed in time: links that nobody confirmed after a day, who was told after thirty', async () => {
    await site.follow(ada, 'es')
    await site.follow(ada, 'es', 'changes')
    await site.request('eve@example.com', 'es')
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    await site.notify()
    const kept = async () => {
      await prune(site.site)
      const links = await site.database.query.selectFrom('confirmation').select('address').execute()
      const rows = await site.database.query.selectFrom('following').select('wish').orderBy('wish').execute()
      return [links.length, ...rows.map(({ wish }) => wish)]
    }
    expect(await kept()).toEqual([3, 'available', 'changes'])
    site.clock.now = '2026-01-02T00:00:01Z'
    expect(await kept()).toEqual([0, 'available', 'changes'])
    site.clock.now = '2026-01-31T00:00:01Z'
    expect(await kept()).toEqual([0, 'changes'])
  })
})

/** Somebody who waits for the briefing. */
const standing = (address: string, locale: string) => ({
  id: crypto.randomUUID(),
  address,
  briefing_id: briefing.id,
  locale,
  wish: 'available' as const,
  began_at: site.site.now().toISOString(),
  known: briefing.publishedAt,
  told_at: null,
})
