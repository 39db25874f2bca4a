import { beforeEach, describe, expect, test } from 'vitest'
import { isOneClick } from '../../src/delivery/one-click'
import { openLocales } from '../../src/language/locale'
import { listKept, writesToRemove } from '../../src/members/kept-store'
import { findPerson } from '../../src/members/person-store'
import { newSecret } from '../../src/secrets/secret'
import { prune } from '../../src/tasks/prune'
import { attributesOf, dangersIn, find, linkIn, shown } from '../support/html'
import { openToSubscribers, type Subscribers } from '../support/subscribers'

const ada = 'ada@example.com'
const eve = 'eve@example.com'
const own = '/es/account/newsletter'

let site: Subscribers
beforeEach(async () => {
  site = await openToSubscribers()
})

describe('whoever reads a page', () => {
  test('finds the newsletter at its foot, and a form in their own words, with their language chosen', async () => {
    for (const tag of openLocales(site.site.locales)) {
      const { t, dir } = site.site.speak(tag)
      expect(find(await site.text(`/${tag}/`), 'a', { href: `/${tag}/newsletter` })[0]?.text).toBe(t('newsletter.title'))
      const form = await site.text(`/${tag}/newsletter`)
      expect(find(form, 'html')[0]?.attributes.get('dir')).toBe(dir)
      expect(shown(form)).toContain(t('newsletter.intro'))
      expect(attributesOf(form, 'input', 'value', { name: 'rhythm' })).toEqual(['daily', 'weekly'])
      const chosen = find(form, 'option').filter(({ attributes }) => attributes.has('selected'))
      expect(chosen.map(({ attributes }) => attributes.get('value'))).toEqual([tag])
    }
  })
})

describe('who is not signed in', () => {
  test('gets nothing until the owner of the address has pressed a button, once, within a day', async () => {
    const asked = await site.order(ada, 'es', 'weekly')
    expect([asked.status, asked.headers.get('Location')]).toEqual([303, '/es/newsletter/sent'])
    expect((await site.get('/es/newsletter/sent')).status).toBe(200)
    expect(await site.subscriptions()).toEqual([])
    const [mail] = await site.read(ada)
    const { t } = site.site.speak('es')
    expect(mail?.subject).toBe(t('mail.follow.confirm.subject', { site: 'Vernacular' }))
    expect(mail?.text).toContain(t('newsletter.mail.confirm.weekly'))
    expect(mail?.headers).toEqual({})
    const link = linkIn(mail, /confirm/)

    const page = await site.get(link)
    expect(page.headers.get('Referrer-Policy')).toBe('same-origin')
    const said = shown(await page.text())
    expect(said).toContain(ada)
    expect(said).toContain(t('newsletter.will.weekly', { language: 'español' }))
    expect(await site.subscriptions()).toEqual([]) // A program that looks at mail has opened the link.

    const uses = await Promise.all([site.post(link, {}), site.post(link, {})])
    expect(uses.map(({ status }) => status).toSorted()).toEqual([303, 410])
    expect(await site.subscriptions()).toMatchObject([{ address: ada, locale: 'es', rhythm: 'weekly', sent_at: null }])
    expect((await site.get(link)).status).toBe(410)
    expect((await site.get('/es/newsletter/confirmed')).status).toBe(200)
  })

  test('is too late with a link after a day', async () => {
    await site.order(ada)
    const link = linkIn((await site.read(ada))[0], /confirm/)
    site.wait(24.001)
    expect([(await site.get(link)).status, (await site.post(link, {})).status]).toEqual([410, 410])
    expect(await site.subscriptions()).toEqual([])
  })

  test('changes rhythm and language by asking again and confirming, and never has two', async () => {
    await site.confirmed(ada, 'es', 'daily')
    const [before] = await site.subscriptions()
    await site.order(ada, 'pl', 'weekly')
    expect(await site.subscriptions()).toEqual([before])
    await site.post(linkIn((await site.read(ada))[0], /confirm/), {})
    expect(await site.subscriptions()).toMatchObject([{ id: before?.id, address: ada, locale: 'pl', rhythm: 'weekly' }])
  })

  test('is answered alike, and has as much done, whether or not the address is known and gets it already', async () => {
    await site.signIn(ada)
    await site.confirmed(ada)
    const asking = async (address: string) => {
      await site.order(address) // What is compiled and cached at first is, for both.
      site.forget()
      const response = await site.order(address)
      const statements = site.queries.map((each) => each.replace(/\s+/g, ' '))
      return { status: response.status, headers: [...response.headers], body: await response.text(), statements }
    }
    const known = await asking(ada)
    expect(await asking('nobody@example.com')).toEqual(known)
    const shape = async (address: string) => (await site.mails(address)).map(({ text }) => text.replace(/vern_[\w-]{43}/, ''))
    expect(await shape('nobody@example.com')).toEqual(await shape(ada))
  })

  test('cannot have an address bombed: five links an hour, however many ask at once, however they spell it', async () => {
    const spellings = ['Ada@EXAMPLE.com', ' ada@example.com', 'ada@example.COM']
    const asked = Array.from({ length: 12 }, (_, index) =>
      site.order(spellings[index % 3] ?? '', index % 2 === 0 ? 'es' : 'pl', index % 3 === 0 ? 'daily' : 'weekly'),
    )
    expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([303]))
    expect(await site.mails(ada)).toHaveLength(5)
    site.wait(1.001)
    await site.order(ada)
    expect(await site.mails(ada)).toHaveLength(6)
  })

  test('is held up after twenty forms a minute from one network', async () => {
    const statuses: number[] = []
    for (let count = 0; count < 21; count += 1) statuses.push((await site.order(`reader-${count}@example.com`)).status)
    expect([statuses[19], statuses[20]]).toEqual([303, 429])
  })

  test('is told what was wrong with an address, with all that they chose kept; no line of it becomes a header', async () => {
    for (const typed of ['ada', 'ada@example.com\r\nBcc: eve@example.com', '"><script>@example.com', '"a b"@example.com', '']) {
      const response = await site.post('/ar/newsletter', { address: typed, locale: 'ja', rhythm: 'daily' })
      const page = await response.text()
      expect([typed, response.status]).toEqual([typed, 400])
      expect(attributesOf(page, 'input', 'value', { id: 'address' })).toEqual([typed])
      const isChosen = ({ attributes }: { attributes: ReadonlyMap<string, string> }) =>
        attributes.has('checked') || attributes.has('selected')
      expect(
        [...find(page, 'input'), ...find(page, 'option')].filter(isChosen).map((each) => each.attributes.get('value')),
      ).toEqual(['daily', 'ja'])
      expect(page).toContain(site.site.speak('ar').t('sign-in.wrong-address'))
      expect(dangersIn(page)).toEqual([])
    }
    expect(await site.mails()).toEqual([])
  })

  test('has their form refused that another site sent, or that asks for what there is not', async () => {
    const forged = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }
    expect((await site.order(ada, 'es', 'daily', forged)).status).toBe(400)
    for (const fields of [
      { locale: 'tlh', rhythm: 'daily' },
      { locale: 'es', rhythm: 'hourly' },
      { rhythm: 'daily' },
      { locale: 'es' },
    ]) {
      expect((await site.post('/es/newsletter', { address: ada, ...fields })).status).toBe(400)
    }
    expect((await site.post('/tlh/newsletter', { address: ada, locale: 'es', rhythm: 'daily' })).status).toBe(404)
    expect(await site.mails()).toEqual([])
    await site.order(ada)
    const link = linkIn((await site.mails(ada))[0], /confirm/)
    expect((await site.post(link, {}, forged)).status).toBe(400)
    expect(await site.subscriptions()).toEqual([])
  })

  test('confirms nothing and stops nothing by guessing, nor by what stands in the database', async () => {
    await site.order(eve)
    await site.confirmed(ada)
    const { hash } = await site.database.query
      .selectFrom('confirmation')
      .select('hash')
      .where('used', 'is', null)
      .executeTakeFirstOrThrow()
    for (const secret of [newSecret(), `vern_${hash.slice(0, 43)}`]) {
      expect((await site.post(`/es/newsletter/confirm/${secret}`, {})).status).toBe(410)
    }
    for (const secret of ['x', 'vern_short', `${newSecret()}x`, hash]) {
      expect((await site.post(`/es/newsletter/confirm/${secret}`, {})).status).toBe(404)
      expect((await site.post(`/es/newsletter/stop/${secret}`, { 'List-Unsubscribe': 'One-Click' })).status).toBe(404)
    }
    expect((await site.subscriptions()).map(({ address }) => address)).toEqual([ada])
  })
})

describe('who is signed in', () => {
  test('gets it at once, without a mail, whatever address the form names; changes it; stops it', async () => {
    const Cookie = await site.signIn(ada)
    expect((await site.get('/es/newsletter', { Cookie })).headers.get('Location')).toBe(own)
    const page = () => site.text(own, { Cookie })
    const { t } = site.site.speak('es')
    expect(shown(await page())).toContain(t('newsletter.none'))
    expect(find(await page(), 'button', { name: 'stop' })).toEqual([])

    const response = await site.post(own, { locale: 'pl', rhythm: 'weekly', address: eve }, { Cookie })
    expect([response.status, response.headers.get('Location')]).toEqual([303, own])
    expect(await site.subscriptions()).toMatchObject([{ address: ada, locale: 'pl', rhythm: 'weekly' }])
    expect(shown(await page())).toContain(t('newsletter.will.weekly', { language: 'polaco' }))
    await site.order(eve, 'ja', 'daily', { Cookie }) // The form of a page that was open before they signed in.
    expect(await site.subscriptions()).toMatchObject([{ address: ada, locale: 'ja', rhythm: 'daily' }])

    await site.post(own, { stop: 'all' }, { Cookie })
    expect(await site.subscriptions()).toEqual([])
    expect(await site.mails()).toEqual([])
    expect((await site.get(own, { Cookie })).headers.get('Cache-Control')).toContain('no-store')
  })

  test('changes nobody else’s, and nobody changes theirs', async () => {
    const Cookie = await site.signIn(ada)
    await site.admit(ada)
    await site.post(own, { stop: 'all' }, { Cookie: await site.signIn(eve) })
    await site.post(own, { stop: 'all' })
    await site.post(own, { stop: 'all' }, { Cookie, Origin: 'https://evil.example' })
    expect((await site.subscriptions()).map(({ address }) => address)).toEqual([ada])
  })

  test('finds it from their account; who is not is asked to sign in first, and comes back', async () => {
    const Cookie = await site.signIn(ada)
    expect(find(await site.text('/es/account', { Cookie }), 'a', { href: own }).length).toBe(1)
    const response = await site.get(own)
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/es/sign-in?next=%2Fes%2Faccount%2Fnewsletter'])
  })

  test('takes it along with their account, and leaves nothing of it behind', async () => {
    await site.signIn(ada)
    await site.confirmed(ada, 'pl', 'weekly')
    await site.order(ada, 'ar', 'daily')
    await site.admit(eve)
    const person = await findPerson(site.database, { address: ada })
    if (!person) throw new Error('Nobody joined.')
    expect((await listKept(site.database, person)).newsletters).toEqual([
      { locale: 'pl', rhythm: 'weekly', beganAt: site.site.now().toISOString(), sentAt: null },
    ])
    await site.database.atomically(writesToRemove(site.database, person))
    expect((await site.subscriptions()).map(({ address }) => address)).toEqual([eve])
    expect(await site.database.query.selectFrom('confirmation').select('hash').execute()).toEqual([])
  })
})

describe('a digest can be stopped', () => {
  const asProvider = (path: string, body: string, type = 'application/x-www-form-urlencoded') =>
    site.ask(path, { method: 'POST', headers: { 'Content-Type': type }, body })

  async function aDigest(number: number) {
    await site.publish(number)
    site.wait(24)
    await site.digest()
    const [mail] = await site.read(ada)
    return mail
  }

  test('with one click in the program that shows it, by the link of any mail, as often as one likes', async () => {
    await site.confirmed(ada)
    const [first, second] = [await aDigest(1), await aDigest(2)]
    const header = first?.headers['List-Unsubscribe'] ?? ''
    expect(first?.headers).toEqual({
      'List-Unsubscribe': header,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      'List-Id': '<es.briefings.example>',
    })
    expect(header).not.toBe(second?.headers['List-Unsubscribe'])
    const path = new URL(header.slice(1, -1)).pathname
    expect(path).toBe(linkIn(first, /\/newsletter\/stop\//))
    for (const [body, type] of [
      ['', undefined],
      ['List-Unsubscribe=one-click', undefined],
      ['List-Unsubscribe=One-Click&more=1', undefined],
      ['List-Unsubscribe=One-Click', 'text/plain'],
    ] as const) {
      expect([body, (await asProvider(path, body, type)).status]).toEqual([body, 400])
    }
    expect(await site.subscriptions()).toHaveLength(1)
    const answer = await asProvider(path, 'List-Unsubscribe=One-Click')
    expect([answer.status, await site.subscriptions()]).toEqual([200, []])
    const again = await asProvider(path, 'List-Unsubscribe=One-Click')
    expect([again.status, await again.text()]).toEqual([200, await answer.text()])
    expect(await aDigest(3)).toBeUndefined()
  })

  test('on a page, by a button: to open the link stops nothing, and an invented one looks the same', async () => {
    await site.confirmed(ada, 'ar')
    const path = linkIn(await aDigest(1), /\/newsletter\/stop\//)
    const page = await site.text(path)
    expect(await site.subscriptions()).toHaveLength(1)
    const invented = `/ar/newsletter/stop/${newSecret()}`
    expect((await site.text(invented)).replaceAll(invented, path)).toBe(page)
    const [button] = find(page, 'button', { name: 'List-Unsubscribe' })
    const fields = { 'List-Unsubscribe': button?.attributes.get('value') ?? '' }
    expect(isOneClick(fields)).toBe(true)
    const guessed = await site.post(invented, fields)
    expect(await site.subscriptions()).toHaveLength(1)
    const stopped = await site.post(path, fields)
    expect([stopped.status, await stopped.text()]).toEqual([guessed.status, await guessed.text()])
    expect(await site.subscriptions()).toEqual([])
  })
})

test('what nobody confirmed is removed after a day, and nothing else', async () => {
  await site.confirmed(ada)
  await site.order(eve)
  const kept = async () => {
    await prune(site.site)
    return [
      (await site.database.query.selectFrom('confirmation').select('hash').execute()).length,
      (await site.subscriptions()).length,
    ]
  }
  expect(await kept()).toEqual([2, 1])
  site.wait(24.001)
  expect(await kept()).toEqual([0, 1])
})

test('nothing in the database confirms an order or stops a subscription', async () => {
  await site.order(ada)
  const [asked] = await site.read(ada)
  await site.post(linkIn(asked, /confirm/), {})
  await site.publish(1)
  site.wait(24)
  await site.digest()
  const secrets = [asked, ...(await site.read(ada))].flatMap((mail) => mail?.text.match(/vern_[\w-]{43}/g) ?? [])
  expect(new Set(secrets).size).toBe(2)
  const { query } = site.database
  const tables = ['subscription', 'confirmation', 'subscription_stop'] as const
  const stolen = JSON.stringify(await Promise.all(tables.map((table) => query.selectFrom(table).selectAll().execute())))
  for (const secret of secrets) expect(stolen).not.toContain(secret.slice(5, 25))
})
