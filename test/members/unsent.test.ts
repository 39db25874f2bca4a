import { describe, expect, test } from 'vitest'
import { endSessions } from '../../src/members/session-store'
import { unsentFor, unsentMost } from '../../src/members/unsent'
import { prune } from '../../src/tasks/prune'
import { aPasskey } from '../support/authenticator'
import { aBriefing, aTranslation } from '../support/briefings'
import { aBrowser, type BrowserWithCookies } from '../support/cookie-jar'
import { attributesOf, dangersIn, find, shown } from '../support/html'
import { scripts } from '../support/letters'
import { everyRow, linkTo } from '../support/membership'
import { type Newsroom, openNewsroom } from '../support/newsroom'

const briefing = '/es/briefings/harbour-closes'
const ada = 'ada@example.com'

/** A form that needs a session and holds what somebody typed. */
interface Form {
  readonly path: string
  readonly fields: Readonly<Record<string, string>>
  /** The table that keeps what it sends. */
  readonly table: string
}

const forms: Readonly<Record<string, Form>> = {
  'a comment': { path: `${briefing}/comments`, fields: { name: 'Ada', text: 'finch-text\nSecond line.' }, table: 'comment' },
  'a report of a text that all may read': {
    path: `${briefing}/report`,
    fields: { segment: 'body.closure', kind: 'meaning', detail: 'finch-text' },
    table: 'report',
  },
  'a report of a text for members': {
    path: `${briefing}/report`,
    fields: { segment: 'sections.insurers', kind: 'other', detail: 'finch-text' },
    table: 'report',
  },
  'an application to the alliance': {
    path: '/es/join/alliance',
    fields: { role: 'Analyst', organisation: 'Port', reason: 'finch-text\nWe plan.' },
    table: 'membership_request',
  },
}
const everyForm = Object.entries(forms)
const comment = forms['a comment'] as Form

async function aSite() {
  const newsroom = await openNewsroom({ settings: { COMMENTS: 'on' } })
  const content = aBriefing()
  await newsroom.load({ briefing: content, translations: [aTranslation(content, 'es')] })
  return newsroom
}

/** Signs in by the link in an email, opened in this browser. Returns where that leads. */
async function byLink(newsroom: Newsroom, browser: BrowserWithCookies, next: string, address = ada) {
  await browser.post('/es/sign-in', { address, next })
  const answer = await browser.post(await linkTo(newsroom, address))
  await newsroom.database.query.deleteFrom('mail').where('recipient', '=', address).execute()
  return answer.headers.get('Location')
}

const endedFor = async ({ database, site }: Newsroom, address = ada) => {
  const { id } = await database.query.selectFrom('person').select('id').where('address', '=', address).executeTakeFirstOrThrow()
  await endSessions(database, id, undefined, site.now())
}

/** A browser in which a form was opened and filled in, whose session then ended; and the hidden fields of the form. */
async function begun(newsroom: Newsroom, { path }: Form) {
  const browser = aBrowser(newsroom)
  await byLink(newsroom, browser, path)
  const html = await browser.text(path)
  const [writer = ''] = attributesOf(html, 'input', 'value', { name: 'writer' })
  await endedFor(newsroom)
  return { browser, hidden: { writer } }
}

/** What stands in the fields of the form at this address. */
function filled(html: string): Readonly<Record<string, string>> {
  const decoded = (text: string) =>
    text.replaceAll('&lt;', '<').replaceAll('&#39;', "'").replaceAll('&quot;', '"').replaceAll('&amp;', '&')
  const inputs = find(html, 'input')
    .filter(({ attributes }) => attributes.get('type') === undefined || attributes.has('checked'))
    .map(({ attributes }) => [attributes.get('name') ?? '', attributes.get('value') ?? ''])
  const chosen = find(html, 'option')
    .filter(({ attributes }) => attributes.has('selected'))
    .map(({ attributes }) => ['segment', attributes.get('value') ?? ''])
  const areas = [...html.matchAll(/<textarea[^>]*name="([^"]+)"[^>]*>\n?([^<]*)<\/textarea>/g)].map(
    ([, name = '', text = '']) => [name, decoded(text)],
  )
  return Object.fromEntries([...inputs, ...chosen, ...areas])
}

const rowsOf = async ({ database }: Newsroom, table: string) =>
  (JSON.parse((await everyRow(database)).get(table) ?? '[]') as unknown[]).length

describe.each(everyForm)('%s that is sent when the session has just ended', (_name, form) => {
  test('is not sent; its text is on the page that asks to sign in, in no address, and comes back by a link in an email', async () => {
    const newsroom = await aSite()
    const { browser, hidden } = await begun(newsroom, form)
    const asked = await browser.post(form.path, { ...form.fields, ...hidden })
    expect([asked.status, asked.headers.get('Cache-Control')]).toEqual([403, 'private, no-store'])
    const html = await asked.text()
    for (const line of ['finch-text', newsroom.site.speak('es').t('unsent.kept')]) expect(shown(html)).toContain(line)
    expect(await rowsOf(newsroom, form.table)).toBe(0)
    const [signIn = ''] = attributesOf(html, 'a', 'href', { class: 'button' })
    expect(attributesOf(html, 'a', 'href').join(' ') + JSON.stringify([...asked.headers])).not.toContain('finch')
    const [next = ''] = attributesOf(await browser.text(signIn), 'input', 'value', { name: 'next' })
    expect(next).toBe(form.path)

    const back = await byLink(newsroom, browser, next)
    expect(back).toBe(form.path)
    const restored = await browser.text(form.path)
    expect(filled(restored)).toMatchObject(form.fields)
    expect(shown(restored)).toContain(newsroom.site.speak('es').t('unsent.restored'))
    expect((await browser.post(form.path, { ...form.fields, ...hidden })).status).toBe(303)
    expect(await rowsOf(newsroom, form.table)).toBe(1)
    expect(shown(await browser.text(form.path))).not.toContain('finch-text')
  })

  test('comes back after signing in with a passkey', async () => {
    const newsroom = await aSite()
    const { origin } = newsroom
    const browser = aBrowser(newsroom)
    await byLink(newsroom, browser, form.path)
    const passkey = await aPasskey()
    const challenge = async (path: string) =>
      ((await (await browser.postJson(path, {})).json()) as { challenge: string }).challenge
    const credential = await passkey.made(await challenge('/es/account/passkeys/options'), { origin })
    expect((await browser.postJson('/es/account/passkeys', { credential })).status).toBe(201)
    const [writer = ''] = attributesOf(await browser.text(form.path), 'input', 'value', { name: 'writer' })
    await endedFor(newsroom)
    const html = await (await browser.post(form.path, { ...form.fields, writer })).text()
    const [signIn = ''] = attributesOf(html, 'a', 'href', { class: 'button' })
    const [next = ''] = attributesOf(await browser.text(signIn), 'div', 'data-next')
    const signed = await passkey.signed(await challenge('/es/sign-in/passkey/options'), { origin, owner: writer })
    const entered = await browser.postJson('/es/sign-in/passkey', { credential: signed, next })
    const { location } = (await entered.json()) as { location: string }
    expect(filled(await browser.text(location))).toMatchObject(form.fields)
  })

  test('comes back to this browser, not to another in which the same person signs in, nor to another person in this one', async () => {
    const newsroom = await aSite()
    const { browser, hidden } = await begun(newsroom, form)
    await browser.post(form.path, { ...form.fields, ...hidden })
    const phone = aBrowser(newsroom)
    await byLink(newsroom, phone, form.path)
    expect(await phone.text(form.path)).not.toContain('finch-text')
    await byLink(newsroom, browser, form.path, 'eve@example.com')
    for (const page of [form.path, '/es/account', '/es/account/export', '/es/']) {
      expect(await browser.text(page)).not.toContain('finch-text')
    }
    await byLink(newsroom, browser, form.path)
    expect(filled(await browser.text(form.path))).toMatchObject(form.fields)
  })

  test('is sent in nobody else’s name if somebody else has signed in meanwhile', async () => {
    const newsroom = await aSite()
    const { browser, hidden } = await begun(newsroom, form)
    await byLink(newsroom, browser, '/es/', 'eve@example.com')
    expect((await browser.post(form.path, { ...form.fields, ...hidden })).status).toBe(403)
    expect(await rowsOf(newsroom, form.table)).toBe(0)
    await byLink(newsroom, browser, form.path)
    expect(filled(await browser.text(form.path))).toMatchObject(form.fields)
  })

  test('is gone an hour later, and with its writer', async () => {
    const newsroom = await aSite()
    const { browser, hidden } = await begun(newsroom, form)
    await browser.post(form.path, { ...form.fields, ...hidden })
    newsroom.clock.now = new Date(newsroom.site.now().getTime() + unsentFor).toISOString()
    await byLink(newsroom, browser, form.path)
    expect(await browser.text(form.path)).not.toContain('finch-text')
    await prune(newsroom.site)
    expect(JSON.stringify([...(await everyRow(newsroom.database))])).not.toContain('finch-text')

    await endedFor(newsroom)
    await browser.post(form.path, { ...form.fields, ...hidden })
    expect(await rowsOf(newsroom, 'unsent_form')).toBe(1)
    await byLink(newsroom, browser, form.path)
    expect(await browser.text('/es/account/export')).toContain('finch-text')
    expect((await browser.post('/es/account/delete')).status).toBe(303)
    expect(JSON.stringify([...(await everyRow(newsroom.database))])).not.toContain('finch-text')
  })
})

test('what is kept of a form is bounded, for each person and for those who are nobody', async () => {
  const newsroom = await aSite()
  const { browser, hidden } = await begun(newsroom, comment)
  for (let count = 0; count < unsentMost + 3; count += 1) {
    newsroom.clock.now = new Date(newsroom.site.now().getTime() + 1000).toISOString()
    await browser.post(comment.path, { text: `finch-${count}`, ...hidden, other: 'no field of this form' })
  }
  expect(await rowsOf(newsroom, 'unsent_form')).toBe(unsentMost)
  await byLink(newsroom, browser, comment.path)
  expect(filled(await browser.text(comment.path))['text']).toBe(`finch-${unsentMost + 2}`)
  expect((await everyRow(newsroom.database)).get('unsent_form')).not.toContain('no field')

  const stranger = aBrowser(newsroom)
  const asked = await stranger.post(comment.path, { text: 'finch-of-nobody', writer: crypto.randomUUID() })
  expect(asked.status).toBe(403)
  expect(shown(await asked.text())).toContain(newsroom.site.speak('es').t('unsent.not-kept'))
  expect([stranger.cookies(), await rowsOf(newsroom, 'unsent_form')]).toEqual([[], unsentMost])
  const large = await browser.post(comment.path, { text: 'x'.repeat(20_000), ...hidden })
  expect(large.status).toBe(413)
})

test('what is kept of a report is found by a cookie of the address as it was sent, whatever stands in that', async () => {
  const newsroom = await aSite()
  const { browser, hidden } = await begun(newsroom, comment)
  const path = '/es/briefings/a%3B%20Domain=example%0Ab/report'
  const asked = await browser.post(path, { detail: 'finch-text', ...hidden })
  expect([asked.status, shown(await asked.text())]).toEqual([403, expect.stringContaining('finch-text')])
  expect(asked.headers.get('Set-Cookie')).toContain(`; Path=${path}; Max-Age=3600;`)
})

test.each(scripts)('what was written runs on no page: %s', async (text) => {
  const newsroom = await aSite()
  const { browser, hidden } = await begun(newsroom, comment)
  const html = await (await browser.post(comment.path, { text, ...hidden })).text()
  expect(dangersIn(html)).toEqual([])
  await byLink(newsroom, browser, comment.path)
  expect(dangersIn(await browser.text(comment.path)).filter((danger) => danger !== '<textarea>')).toEqual([])
})

test.each([
  ['the language of the account', '/es/account/language', { locale: 'fr' }],
  ['ending a session', '/es/account/sessions', { session: 'x' }],
  ['signing out everywhere', '/es/account/sign-out', {}],
  ['deleting the account', '/es/account/delete', {}],
  ['stopping to follow', '/es/account/following', { stop: 'x' }],
  ['the newsletter', '/es/account/newsletter', { stop: 'all' }],
  ['removing a passkey', '/es/account/passkeys/remove', { id: 'x' }],
])('%s has no text to lose: it leads to sign in and back to its page', async (_name, path, fields) => {
  const newsroom = await aSite()
  const { browser } = await begun(newsroom, comment)
  const asked = await browser.post(path, fields)
  expect(asked.status).toBe(303)
  expect(asked.headers.get('Location')).toMatch(/^\/es\/sign-in\?next=%2Fes%2Faccount/)
})
