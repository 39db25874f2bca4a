import { describe, expect, test } from 'vitest'
import { heldMax, nameMax, textMax } from '../../src/comments/comment'
import { listComments } from '../../src/comments/moderation-store'
import { listNotes } from '../../src/members/audit-store'
import { writesToRemove } from '../../src/members/kept-store'
import { decideOnComment } from '../../src/newsroom/moderate'
import { aBriefing, aTranslation } from '../support/briefings'
import { attributesOf, find, part, shown } from '../support/html'
import { dangersBesideFields, type Member, scripts, send, signIn, unreadable } from '../support/letters'
import { type Newsroom, type NewsroomOptions, openNewsroom } from '../support/newsroom'

const page = '/es/briefings/harbour-closes'
const comments = `${page}/comments`

async function openToComments(options: NewsroomOptions = {}) {
  const newsroom = await openNewsroom({ settings: { COMMENTS: 'on' }, ...options })
  const briefing = aBriefing({ formerSlugs: ['harbour-old'] })
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es'), aTranslation(briefing, 'ar')] })
  return newsroom
}

const kept = ({ database }: Newsroom) => listComments(database, false, 0, 1000)
const write = (newsroom: Newsroom, { cookie }: Member, fields: Readonly<Record<string, string>>, path = comments) =>
  send(newsroom, path, fields, { Cookie: cookie })
const decide = ({ site }: Newsroom, number: number, state: 'accepted' | 'refused') =>
  decideOnComment(site, number, state, 'a test')

const commentsBy = async ({ database }: Newsroom, { id }: Member) => {
  const rows = await database.query.selectFrom('comment').select('text').where('person_id', '=', id).execute()
  return rows.map(({ text }) => text)
}

/** Writes a comment and accepts it. Returns its number. */
async function accepted(newsroom: Newsroom, member: Member, fields: Readonly<Record<string, string>>, path = comments) {
  await write(newsroom, member, fields, path)
  const number = (await kept(newsroom)).at(-1)?.number ?? 0
  await decide(newsroom, number, 'accepted')
  return number
}

describe('a site without comments', () => {
  test('has no page for them, takes none in and leads to none', async () => {
    const newsroom = await openToComments({ settings: {} })
    const ada = await signIn(newsroom)
    expect((await newsroom.get(comments, { Cookie: ada.cookie })).status).toBe(404)
    expect((await newsroom.get(`${comments}/held`)).status).toBe(404)
    expect((await newsroom.get('/es/briefings/harbour-old/comments')).status).toBe(404)
    expect((await write(newsroom, ada, { text: 'Hello.' })).status).toBe(404)
    expect(await kept(newsroom)).toEqual([])
    expect(await newsroom.text(page)).not.toContain('/comments')
  })

  test('that turns them on leads to them from every page at once, printed before or not, and back', async () => {
    const newsroom = await openToComments({ settings: {} })
    const before = await newsroom.get(page)
    const withThem = await newsroom.deploy({}, { COMMENTS: 'on' })
    const after = await withThem.get(page, { 'If-None-Match': before.headers.get('ETag') ?? '' })
    expect(after.status).toBe(200)
    expect(attributesOf(await after.text(), 'a', 'href')).toContain(comments)
    await withThem.printWaiting()
    expect(attributesOf(await withThem.text('/fr/briefings/harbour-closes'), 'a', 'href')).toContain(
      '/fr/briefings/harbour-closes/comments',
    )
    expect(await newsroom.text(page)).not.toContain('/comments')
  })

  test.each(['yes', 'ON', 'true'])('COMMENTS=%s stops the start', async (value) => {
    await expect(openNewsroom({ settings: { COMMENTS: value } })).rejects.toThrow('COMMENTS: This must be on or off.')
  })
})

describe('writing a comment', () => {
  test('is for those who are signed in; others are led there and back', async () => {
    const newsroom = await openToComments()
    const html = await newsroom.text(comments)
    expect(find(html, 'textarea')).toEqual([])
    const next = `/es/sign-in?next=${encodeURIComponent(comments)}`
    expect(attributesOf(html, 'a', 'href')).toContain(next)
    const sent = await send(newsroom, comments, { text: 'Hello.' })
    expect(sent.status).toBe(403)
    expect(attributesOf(await sent.text(), 'a', 'href')).toContain(next)
    const forged = await send(newsroom, comments, { text: 'Hello.' }, { Cookie: '__Host-session=0123456789; tier=alliance' })
    expect(forged.status).toBe(403)
    expect(await kept(newsroom)).toEqual([])
  })

  test('holds it, says so, and keeps the language that it was written in', async () => {
    const newsroom = await openToComments()
    const ada = await signIn(newsroom)
    const sent = await write(newsroom, ada, { name: '  Ada \t L. ', text: ' One.\r\n\r\nTwo. ' })
    expect([sent.status, sent.headers.get('Location')]).toEqual([303, `${comments}/held`])
    expect(shown(await newsroom.text(`${comments}/held`))).toContain(newsroom.site.speak('es').t('comment.sent.text'))
    expect(await kept(newsroom)).toMatchObject([
      { name: 'Ada L.', text: 'One.\n\nTwo.', locale: 'es', slug: 'harbour-closes', state: 'held' },
    ])
  })

  test('decides nothing but what it says: other fields of the form are nobody’s', async () => {
    const newsroom = await openToComments()
    const [ada, eve] = [await signIn(newsroom), await signIn(newsroom, 'eve@example.com')]
    const others = { state: 'accepted', decided_at: '2026-01-01', number: '1', person_id: ada.id, personId: ada.id, locale: 'ar' }
    await write(newsroom, eve, { text: 'finch-text', ...others })
    expect(await kept(newsroom)).toMatchObject([{ state: 'held', locale: 'es' }])
    expect(await commentsBy(newsroom, ada)).toEqual([])
    expect(await newsroom.text(comments)).not.toContain('finch-text')
  })

  test.each([
    ['another site', { Origin: 'https://evil.example' }],
    ['nowhere', { Origin: 'null' }],
  ])('from %s is refused', async (_name, headers) => {
    const newsroom = await openToComments()
    const { cookie } = await signIn(newsroom)
    expect((await send(newsroom, comments, { text: 'Hello.' }, { Cookie: cookie, ...headers })).status).toBe(400)
    expect(await kept(newsroom)).toEqual([])
  })

  test.each([
    ['nothing', { text: ' \r\n ' }, 'comment.empty', 0],
    ['too much', { text: 'x'.repeat(textMax + 1) }, 'form.too-long', textMax],
    ['too long a name', { name: 'x'.repeat(nameMax + 1), text: 'Hello.' }, 'form.too-long', nameMax],
    ['a name that hides', { name: 'Ed\u202eitor', text: 'Hello.' }, 'form.unreadable', 0],
  ] as const)('with %s is not taken in', async (_name, fields, key, count) => {
    const newsroom = await openToComments()
    const response = await write(newsroom, await signIn(newsroom), fields)
    expect(response.status).toBe(400)
    const html = await response.text()
    expect(part(html, '<p class="flaw"', '</p>')).toContain(newsroom.site.speak('es').t(key, { count }))
    if ('name' in fields) expect(part(html, '<textarea', '</textarea>')).toContain('Hello.')
    expect(await kept(newsroom)).toEqual([])
  })

  test.each(unreadable)('with %s is refused, and shows what is to be taken out', async (_name, text) => {
    const newsroom = await openToComments()
    const response = await write(newsroom, await signIn(newsroom), { text })
    expect(response.status).toBe(400)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: there is to be none.
    expect(await response.text()).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b]/)
    expect(await kept(newsroom)).toEqual([])
  })

  test('without end is cut off before it is read; as much as may be written goes through in any script', async () => {
    const newsroom = await openToComments()
    const ada = await signIn(newsroom)
    expect((await write(newsroom, ada, { text: 'x'.repeat(100_000) })).status).toBe(413)
    expect((await write(newsroom, ada, { name: '港'.repeat(nameMax), text: '港'.repeat(textMax) })).status).toBe(303)
    expect((await kept(newsroom)).map(({ text }) => text.length)).toEqual([textMax])
  })

  test('half a character becomes a sign that there was one', async () => {
    const newsroom = await openToComments()
    await write(newsroom, await signIn(newsroom), { text: 'x\ud800y' })
    expect((await kept(newsroom)).map(({ text }) => text.isWellFormed())).toEqual([true])
  })

  test('is done once however often it is sent, and only a few may wait at a time', async () => {
    const newsroom = await openToComments()
    const [ada, eve] = [await signIn(newsroom), await signIn(newsroom, 'eve@example.com')]
    const twice = await Promise.all([write(newsroom, ada, { text: 'Hello.' }), write(newsroom, ada, { text: 'Hello.' })])
    expect(twice.map(({ status }) => status)).toEqual([303, 303])
    for (let count = 1; count < heldMax; count += 1) await write(newsroom, ada, { text: `Hello ${count}.` })
    const refused = await write(newsroom, ada, { text: 'One more.' })
    expect(refused.status).toBe(409)
    expect(shown(await refused.text())).toContain(newsroom.site.speak('es').t('comment.full.title'))
    expect(await kept(newsroom)).toHaveLength(heldMax)
    expect((await write(newsroom, eve, { text: 'One more.' })).status).toBe(303)
    await decide(newsroom, (await kept(newsroom))[0]?.number ?? 0, 'refused')
    expect((await write(newsroom, ada, { text: 'One more.' })).status).toBe(303)
  })
})

describe('a comment', () => {
  test('is shown to nobody and in nothing before an editor accepts it, nor after one refuses it', async () => {
    const newsroom = await openToComments()
    const ada = await signIn(newsroom)
    await write(newsroom, ada, { name: 'finch-name', text: 'finch-text' })
    const number = (await kept(newsroom))[0]?.number ?? 0
    const outputs = [
      comments,
      `${comments}?after=0`,
      `${comments}/held`,
      '/ar/briefings/harbour-closes/comments',
      page,
      `${page}.json`,
      `${page}.md`,
      `${page}/bilingual`,
      `${page}/changes`,
      `${page}/report`,
      '/es/',
      '/es/translations',
    ]
    const showing = async () => {
      const found: string[] = []
      for (const path of outputs) {
        for (const headers of [{}, { Cookie: ada.cookie }]) {
          const response = await newsroom.get(path, headers)
          expect(response.status).toBe(200)
          if (`${await response.text()}${JSON.stringify([...response.headers])}`.includes('finch-')) found.push(path)
        }
      }
      return [...new Set(found)]
    }
    expect(await showing()).toEqual([])
    await decide(newsroom, number, 'accepted')
    expect(await showing()).toEqual([comments, `${comments}?after=0`, '/ar/briefings/harbour-closes/comments'])
    await decide(newsroom, number, 'refused')
    expect(await showing()).toEqual([])
  })

  test('is shown under its author’s name, on its day, in the order written', async () => {
    const newsroom = await openToComments()
    newsroom.clock.now = '2026-02-03T23:59:59Z'
    const ada = await signIn(newsroom)
    const [later, earlier] = ['/ar/briefings/harbour-closes/comments', comments]
    await write(newsroom, ada, { name: 'Ada', text: 'Primero' }, earlier)
    await write(newsroom, ada, { text: 'ثانياً' }, later)
    for (const { number } of (await kept(newsroom)).toReversed()) await decide(newsroom, number, 'accepted')
    const html = await newsroom.text('/pl/briefings/harbour-closes/comments')
    const list = part(html, '<ol class="comments"', '</ol>')
    expect(find(list, 'span', { class: 'line' }).map(({ text }) => text)).toEqual(['Primero', 'ثانياً'])
    expect(find(list, 'bdi').map(({ text }) => text)).toEqual(['Ada', newsroom.site.speak('pl').t('comment.reader')])
    expect(find(list, 'time').map(({ text }) => text)).toEqual(['3 lutego 2026', '3 lutego 2026'])
  })

  test('has the direction of its own in each line, and says nothing of a language that nobody knows', async () => {
    const newsroom = await openToComments()
    const ada = await signIn(newsroom)
    await accepted(newsroom, ada, { name: '', text: 'مرحبا بالجميع.\r\n\r\nThis is right.' })
    const list = part(await newsroom.text(comments), '<ol class="comments"', '</ol>')
    expect(attributesOf(list, 'p', 'lang', { class: 'said' })).toEqual([''])
    expect(attributesOf(list, 'p', 'dir', { class: 'said' })).toEqual([])
    expect(find(list, 'span', { class: 'line', dir: 'auto' }).map(({ text }) => text)).toEqual([
      'مرحبا بالجميع.',
      '',
      'This is right.',
    ])
  })

  test('comes without the marks that copying brought along, in its name and in its text', async () => {
    const newsroom = await openToComments()
    const ada = await signIn(newsroom)
    await accepted(newsroom, ada, { name: '\u200bAda\u200f', text: '\ufeffAsk \u2068ada@example.com\u2069\u200b' })
    expect((await kept(newsroom)).map(({ name, text }) => [name, text])).toEqual([['Ada', 'Ask ada@example.com']])
    expect((await write(newsroom, ada, { text: 'a\u202eb' })).status).toBe(400)
  })

  test.each(scripts)('is text, whatever was typed: %s', async (typed) => {
    const newsroom = await openToComments()
    const ada = await signIn(newsroom)
    const name = typed.slice(0, nameMax)
    await accepted(newsroom, ada, { name, text: typed })
    const response = await write(newsroom, ada, { name, text: '' })
    for (const html of [await newsroom.text(comments), await response.text()]) {
      expect(dangersBesideFields(html)).toEqual([])
      const list = part(html, '<ol class="comments"', '</ol>')
      expect(find(list, 'a')).toEqual([])
      expect(shown(list)).toContain(typed)
      expect(shown(list)).toContain(name)
      expect(html.endsWith('</html>')).toBe(true)
    }
  })

  test('has its place on a page of fifty, from which the next is a link away', async () => {
    const newsroom = await openToComments()
    const ada = await signIn(newsroom)
    const { query } = newsroom.database
    for (let count = 0; count < 51; count += 1) {
      const row = {
        briefing_id: 'harbour',
        locale: 'es',
        person_id: ada.id,
        name: '',
        text: `Comment ${count}`,
        sent_at: newsroom.clock.now,
      }
      await query
        .insertInto('comment')
        .values({ ...row, state: 'accepted', decided_at: newsroom.clock.now })
        .execute()
    }
    const first = await newsroom.text(comments)
    expect(first).toContain('Comment 49<')
    expect(first).not.toContain('Comment 50<')
    const [next = ''] = attributesOf(first, 'a', 'href', { rel: 'next' })
    const second = await newsroom.text(next)
    expect(find(second, 'p', { class: 'said' })).toHaveLength(1)
    expect(second).toContain('Comment 50<')
    expect(attributesOf(second, 'a', 'href', { rel: 'next' })).toEqual([])
    for (const after of ['-1', 'x', '1e3', '']) expect((await newsroom.get(`${comments}?after=${after}`)).status).toBe(400)
  })

  test('goes with the person who wrote it', async () => {
    const newsroom = await openToComments()
    const [ada, eve] = [await signIn(newsroom), await signIn(newsroom, 'eve@example.com')]
    await accepted(newsroom, ada, { text: 'By Ada.' })
    await accepted(newsroom, eve, { text: 'By Eve.' })
    expect(await commentsBy(newsroom, ada)).toEqual(['By Ada.'])
    await newsroom.database.atomically(writesToRemove(newsroom.database, ada))
    expect(await newsroom.text(comments)).not.toContain('By Ada.')
    expect(await newsroom.text(comments)).toContain('By Eve.')
  })

  test('is decided on by number, and each change of mind is noted', async () => {
    const newsroom = await openToComments()
    await write(newsroom, await signIn(newsroom), { text: 'Hello.' })
    const [{ number } = { number: 0 }] = await listComments(newsroom.database, true, 0, 10)
    const done = [
      await decide(newsroom, number, 'accepted'),
      await decide(newsroom, number, 'accepted'),
      await decide(newsroom, number, 'refused'),
      await decide(newsroom, number + 1, 'accepted'),
    ]
    expect(done).toEqual([true, false, true, false])
    expect(await listComments(newsroom.database, true, 0, 10)).toEqual([])
    const notes = await listNotes(newsroom.database, 20)
    expect(notes.filter(({ subject }) => subject === `comment ${number}`).slice(0, 2)).toMatchObject([
      { act: 'comment-refused', actor: 'a test' },
      { act: 'comment-accepted', actor: 'a test' },
    ])
  })
})

describe('the page of comments', () => {
  test('is for its reader alone, follows a briefing that moved, and is not there for one that is not', async () => {
    const newsroom = await openToComments()
    const response = await newsroom.get(comments)
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    expect(find(await response.text(), 'meta', { name: 'robots', content: 'noindex' })).toHaveLength(1)
    const moved = await newsroom.get('/es/briefings/harbour-old/comments')
    expect([moved.status, moved.headers.get('Location')]).toEqual([301, comments])
    for (const path of ['/es/briefings/nothing/comments', '/sv/briefings/harbour-closes/comments']) {
      expect((await newsroom.get(path)).status).toBe(404)
    }
  })
})
