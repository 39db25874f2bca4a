import { beforeEach, describe, expect, test } from 'vitest'
import { openLocales } from '../../src/language/locale'
import { aBriefing, aTranslation } from '../support/briefings'
import { everythingIn, type Followers, openToFollowers } from '../support/followers'
import { attributesOf, find, linkIn, noticeIn, shown } from '../support/html'

const path = '/es/briefings/harbour-closes/follow'
const ada = 'ada@example.com'

let site: Followers
beforeEach(async () => {
  site = await openToFollowers()
  await site.load({ briefing: aBriefing() })
})

const followings = () => site.database.query.selectFrom('following').selectAll().execute()

describe('a reader who is shown another language', () => {
  test('is offered, in their own words, to be told when theirs is there, and on every page to be told of changes', async () => {
    for (const tag of openLocales(site.site.locales)) {
      const { t } = site.site.speak(tag)
      const page = await site.text(`/${tag}/briefings/harbour-closes`)
      const address = `/${tag}/briefings/harbour-closes/follow`
      const offers = tag === 'en' ? [t('follow.changes')] : [t('follow.available'), t('follow.changes')]
      expect(find(page, 'a', { href: address }).map(({ text }) => shown(text))).toEqual(offers)
      expect(noticeIn(page).includes(address)).toBe(tag !== 'en')
      expect(page.indexOf('</article>')).toBeLessThan(page.lastIndexOf(address))
      const form = await site.text(address)
      expect(find(form, 'button', { name: 'wish' }).map(({ attributes }) => attributes.get('value'))).toEqual(
        tag === 'en' ? ['changes'] : ['available', 'changes'],
      )
      expect(find(form, 'html')[0]?.attributes.get('dir')).toBe(site.site.speak(tag).dir)
    }
  })

  test('finds the briefing named in the language that it is served in', async () => {
    expect(find(await site.text('/ar/briefings/harbour-closes/follow'), 'bdi', { lang: 'en', dir: 'ltr' })[0]?.text).toBe(
      'The harbour closes for a month',
    )
    const briefing = aBriefing()
    await site.load({ briefing, translations: [aTranslation(briefing, 'ar')] })
    const page = await site.text('/ar/briefings/harbour-closes/follow')
    expect(page).toContain('<bdi>ar: The harbour closes for a month</bdi>')
    expect(find(page, 'button', { name: 'wish' }).map(({ attributes }) => attributes.get('value'))).toEqual(['changes'])
  })

  test('finds nothing to follow in a draft, in a briefing that is not there, or in a language that is not', async () => {
    await site.load({ briefing: aBriefing({ id: 'secret', slug: 'secret', state: 'draft' }) })
    for (const each of ['/es/briefings/secret/follow', '/es/briefings/nothing/follow', '/tlh/briefings/harbour-closes/follow']) {
      expect([each, (await site.get(each)).status]).toEqual([each, 404])
      expect((await site.post(each, { address: ada, wish: 'changes' })).status).toBe(404)
    }
    expect(await site.mails()).toEqual([])
  })

  test('is sent on from an address that the briefing once had', async () => {
    await site.load({ briefing: aBriefing({ slug: 'harbour-shut', formerSlugs: ['harbour-closes'] }) })
    const response = await site.get(path)
    expect([response.status, response.headers.get('Location')]).toEqual([301, '/es/briefings/harbour-shut/follow'])
  })
})

describe('who is not signed in', () => {
  test('follows nothing until the owner of the address has pressed a button, once, within a day', async () => {
    const asked = await site.request(ada, 'es')
    expect([asked.status, asked.headers.get('Location')]).toEqual([303, '/es/follow/sent'])
    expect(await followings()).toEqual([])
    const [mail] = await site.read(ada)
    const link = linkIn(mail, /confirm/)
    expect(mail?.subject).toBe(site.site.speak('es').t('mail.follow.confirm.subject', { site: 'Vernacular' }))
    expect(mail?.headers).toEqual({})

    const page = await site.get(link)
    expect(page.headers.get('Referrer-Policy')).toBe('same-origin')
    expect(shown(await page.text())).toContain(ada)
    expect(await followings()).toEqual([]) // A program that looks at mail has opened the link.

    const uses = await Promise.all([site.post(link, {}), site.post(link, {})])
    expect(uses.map(({ status }) => status).toSorted()).toEqual([303, 410])
    expect(await followings()).toMatchObject([{ address: ada, locale: 'es', wish: 'available', tellings: 0 }])
    expect((await site.get(link)).status).toBe(410)
  })

  test('is too late with a link after a day', async () => {
    await site.request(ada, 'es')
    const [mail] = await site.read(ada)
    site.clock.now = '2026-01-02T00:00:01Z'
    const link = linkIn(mail, /confirm/)
    expect((await site.get(link)).status).toBe(410)
    expect((await site.post(link, {})).status).toBe(410)
    expect(await followings()).toEqual([])
  })

  test('is answered alike, and has as much done, whether or not the address is known and follows already', async () => {
    await site.signIn(ada)
    await site.follow(ada, 'es')
    const asking = async (address: string) => {
      await site.request(address, 'es') // What is compiled and cached at first is, for both.
      site.forget()
      const response = await site.request(address, 'es')
      const statements = site.queries.map((each) => each.replace(/\s+/g, ' '))
      return { status: response.status, headers: [...response.headers], body: await response.text(), statements }
    }
    const known = await asking(ada)
    expect(await asking('nobody@example.com')).toEqual(known)
    expect([(await site.mails(ada)).length, (await site.mails('nobody@example.com')).length]).toEqual([2, 2])
  })

  test('cannot have an address bombed: five links an hour, however many ask at once, for whatever, in whatever language', async () => {
    const asked = Array.from({ length: 12 }, (_, index) =>
      site.request('Ada@EXAMPLE.com', index % 2 === 0 ? 'es' : 'pl', index % 3 === 0 ? 'available' : 'changes'),
    )
    const answers = await Promise.all(asked)
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([303]))
    expect(await site.mails(ada)).toHaveLength(5)
    site.clock.now = '2026-01-01T01:00:01Z'
    await site.request(ada, 'es')
    expect(await site.mails(ada)).toHaveLength(6)
  })

  test('is held up after twenty forms a minute from one network', async () => {
    const statuses: number[] = []
    for (let count = 0; count < 21; count += 1) statuses.push((await site.request(`reader-${count}@example.com`, 'es')).status)
    expect([statuses[19], statuses[20]]).toEqual([303, 429])
  })

  test('is told what was wrong with an address, with what they typed kept as text; no line of it becomes a header', async () => {
    for (const typed of ['ada', 'ada@example.com\r\nBcc: eve@example.com', '"><script>@example.com', '"a b"@example.com', '']) {
      const response = await site.request(typed, 'ar')
      const page = await response.text()
      expect([typed, response.status]).toEqual([typed, 400])
      expect(attributesOf(page, 'input', 'value', { id: 'address' })).toEqual([typed])
      expect(page).toContain(site.site.speak('ar').t('sign-in.wrong-address'))
    }
    expect(await site.mails()).toEqual([])
  })

  test('has their form refused that another site sent, or that asks for what there is not', async () => {
    const forged = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' }
    expect((await site.post(path, { address: ada, wish: 'available' }, forged)).status).toBe(400)
    await site.request(ada, 'es')
    const [mail] = await site.read(ada)
    expect((await site.post(linkIn(mail, /confirm/), {}, forged)).status).toBe(400)
    expect((await site.request(ada, 'es', 'everything')).status).toBe(400)
    expect([await site.mails(), await followings()]).toEqual([[], []])
  })

  test('is sent to the briefing where it has come in the meantime', async () => {
    const briefing = aBriefing()
    await site.request(ada, 'es')
    const [mail] = await site.read(ada)
    await site.load({ briefing, translations: [aTranslation(briefing, 'es')] })
    await site.notify()
    const response = await site.post(linkIn(mail, /confirm/), {})
    expect(response.headers.get('Location')).toBe('/es/briefings/harbour-closes')
    expect((await site.request(ada, 'es')).headers.get('Location')).toBe('/es/briefings/harbour-closes')
    await site.notify()
    expect([await site.mails(), await followings()]).toEqual([[], []])
  })
})

describe('who is signed in', () => {
  test('follows at once, without a mail, whatever address the form names', async () => {
    const Cookie = await site.signIn(ada)
    const response = await site.post(path, { wish: 'available', address: 'eve@example.com' }, { Cookie })
    expect([response.status, response.headers.get('Location')]).toEqual([303, path])
    expect(await followings()).toMatchObject([{ address: ada, wish: 'available' }])
    expect(await site.mails()).toEqual([])
    const page = await site.text(path, { Cookie })
    expect(page).toContain(site.site.speak('es').t('follow.will.available'))
    expect(find(page, 'button', { name: 'wish' }).map(({ attributes }) => attributes.get('value'))).toEqual(['changes'])
    expect((await site.get(path, { Cookie })).headers.get('Cache-Control')).toContain('no-store')
  })

  test('sees all that they follow, and stops what is theirs and nobody else’s', async () => {
    const own = await site.signIn(ada)
    const other = await site.signIn('eve@example.com')
    await site.post(path, { wish: 'available' }, { Cookie: own })
    await site.post(path, { wish: 'changes' }, { Cookie: own })
    const list = '/pl/account/following'
    const stops = async (Cookie: string) => attributesOf(await site.text(list, { Cookie }), 'button', 'value', { name: 'stop' })
    const [first = ''] = await stops(own)
    expect(await stops(own)).toHaveLength(2)
    expect(await stops(other)).toEqual([])
    expect(shown(await site.text(list, { Cookie: own }))).toContain('hiszpański')

    await site.post(list, { stop: first }, { Cookie: other })
    await site.post(list, { stop: first })
    await site.post(list, { stop: first }, { Cookie: own, Origin: 'https://evil.example' })
    expect(await stops(own)).toHaveLength(2)
    const response = await site.post(list, { stop: first, next: 'https://evil.example/' }, { Cookie: own })
    expect([response.status, response.headers.get('Location')]).toEqual([303, list])
    expect(await stops(own)).toHaveLength(1)
  })

  test('and who is not is asked to sign in first, and comes back', async () => {
    const response = await site.get('/ar/account/following')
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/ar/sign-in?next=%2Far%2Faccount%2Ffollowing'])
  })
})

test('nothing in the database confirms a request or stops a following', async () => {
  await site.request(ada, 'es')
  await site.request(ada, 'pl')
  const [one, two] = await site.read(ada)
  await site.post(linkIn(one, /confirm/), {})
  await site.post(linkIn(two, /confirm/), {})
  const briefing = aBriefing()
  await site.load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'pl')] })
  await site.notify()
  const secrets = [...[one, two], ...(await site.read(ada))].flatMap((mail) => mail?.text.match(/vern_[\w-]{43}/g) ?? [])
  expect(new Set(secrets).size).toBe(4)
  const stolen = await everythingIn(site)
  for (const secret of secrets) expect(stolen).not.toContain(secret.slice(5, 25))
})
