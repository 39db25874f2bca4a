import { CompiledQuery } from 'kysely'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { fontFiles } from '#runtime'
import { createApp } from '../../src/apps/readers'
import { CountedLimits, limits } from '../../src/delivery/limits'
import { foreverCaching } from '../../src/delivery/policy'
import { cardPathTo, type ShareCard } from '../../src/editions/share-card'
import { openLocales } from '../../src/language/locale'
import { emptyPictures } from '../../src/sharing/card-store'
import { heldPictures, type Pictures } from '../../src/sharing/pictures'
import { openRenderer, type Render } from '../../src/sharing/rendering'
import { prune } from '../../src/tasks/prune'
import { aBriefing, aTranslation, revised } from '../support/briefings'
import { attributesOf } from '../support/html'
import { type Newsroom, openNewsroom, reworded } from '../support/newsroom'

const origin = 'https://briefings.example'
const render = openRenderer(fontFiles)

let newsroom: Newsroom
beforeEach(async () => {
  newsroom = await openNewsroom()
})

const meta = (page: string, property: string) => attributesOf(page, 'meta', 'content', { property })

/** Where the card of a briefing page is, as a program finds it that was given the page's address. */
async function cardOn(locale: string, slug = 'harbour-closes'): Promise<string> {
  const [address = ''] = meta(await newsroom.text(`/${locale}/briefings/${slug}`), 'og:image')
  expect(address).toMatch(/^https:\/\/briefings\.example\/cards\/[0-9a-f]{32}\.png$/)
  return address.slice(origin.length)
}

/** The site with a hand that draws. */
function renderingSite(hand: Render = render, pictures: Pictures = heldPictures()) {
  const app = createApp(newsroom.site, newsroom.site, new CountedLimits(), hand, pictures)
  return async (path: string, network = 'reader', headers: Record<string, string> = {}) =>
    await app.request(origin + path, { headers }, { network, log: () => {} })
}

/** A hand that draws when it is let. */
function waitingHand() {
  const waiting: (() => void)[] = []
  let [rendered, atOnce, most] = [0, 0, 0]
  const hand: Render = async () => {
    rendered += 1
    atOnce += 1
    most = Math.max(most, atOnce)
    await new Promise<void>((resolve) => waiting.push(resolve))
    atOnce -= 1
    return new Uint8Array([1])
  }
  return { hand, letDraw: () => waiting.shift()?.(), counted: () => ({ rendered, most }) }
}

const cards = () => newsroom.database.query.selectFrom('share_card').selectAll().execute()
const load = (locales: readonly string[] = ['es', 'ar']) => {
  const briefing = aBriefing()
  return newsroom.load({ briefing, translations: locales.map((locale) => aTranslation(briefing, locale)) })
}

describe('the card of a briefing', () => {
  test('is that of the edition which is served, in whatever language the page was asked for', async () => {
    await load()
    const english = await cardOn('en')
    const spanish = await cardOn('es')
    expect(spanish).not.toBe(english)
    for (const locale of openLocales(newsroom.site.locales).filter((each) => !['es', 'ar', 'ca'].includes(each))) {
      expect([locale, await cardOn(locale)]).toEqual([locale, english])
    }
    expect(await cardOn('ca')).toBe(spanish)
    expect(await cards()).toHaveLength(3)
  })

  test('says what everyone may read, in the words of its language, and its description says the same', async () => {
    await load()
    const page = await newsroom.text('/ar/briefings/harbour-closes')
    const said = (await cards()).map(({ says }) => JSON.parse(says) as ShareCard).find(({ locale }) => locale === 'ar')
    const words = newsroom.site.speak('ar')
    expect(said?.title.text).toBe(meta(page, 'og:title')[0])
    expect(said?.date).toBe(words.date(aBriefing().publishedAt))
    const [alt = ''] = meta(page, 'og:image:alt')
    for (const part of [said?.title.text, said?.kind, said?.stated, said?.date]) expect(alt).toContain(part)
    expect([meta(page, 'og:image:width'), meta(page, 'og:image:height')]).toEqual([['1200'], ['630']])
    expect(meta(page, 'og:image:type')).toEqual(['image/png'])
    expect(attributesOf(page, 'meta', 'content', { name: 'twitter:card' })).toEqual(['summary_large_image'])
  })

  test('is the same card after a print that changes nothing on it', async () => {
    await load()
    const before = await cardOn('en')
    await (await newsroom.deploy(reworded('en', { 'layout.skip': 'Go to the text' }))).printWaiting()
    expect(await cardOn('en')).toBe(before)
  })

  test('is another card once its title is another', async () => {
    await load([])
    const before = await cardOn('en')
    const changed = { ...revised(aBriefing(), 'minor', '2025-04-01T00:00:00Z', (each) => ({ ...each, title: 'Harbour opens' })) }
    await newsroom.load({ briefing: changed })
    expect(await cardOn('en')).not.toBe(before)
  })
})

describe('the picture of a card', () => {
  test('is a PNG of the size that is promised, drawn when it is first asked for, kept, and the same for ever', async () => {
    await load()
    const path = await cardOn('es')
    let rendered = 0
    const ask = renderingSite(async (card) => {
      rendered += 1
      return await render(card)
    })
    const [first, second] = [await ask(path), await ask(path)]
    expect([first.status, second.status, rendered]).toEqual([200, 200, 1])
    expect(first.headers.get('Content-Type')).toBe('image/png')
    expect(first.headers.get('Cache-Control')).toBe(foreverCaching)
    const picture = new Uint8Array(await first.arrayBuffer())
    expect(new Uint8Array(await second.arrayBuffer())).toEqual(picture)
    const view = new DataView(picture.buffer)
    expect([view.getUint32(0), view.getUint32(16), view.getUint32(20)]).toEqual([0x89504e47, 1200, 630])
    for (const each of [path, await cardOn('ar')]) {
      const tag = `"${each.slice('/cards/'.length, -'.png'.length)}"`
      expect((await ask(each, 'reader', { 'If-None-Match': tag })).status).toBe(304)
    }
    expect(rendered).toBe(1) // Nothing was drawn for a reader who has the picture.
  })

  test('is drawn again, to the same bytes, when what was kept has gone', async () => {
    await load()
    const path = await cardOn('ar')
    const forgetting: Pictures = { find: async () => undefined, keep: async () => {} }
    const pictures = [await renderingSite()(path), await renderingSite(render, forgetting)(path)]
    const [first, second] = await Promise.all(pictures.map(async (each) => new Uint8Array(await each.arrayBuffer())))
    expect(second).toEqual(first)
  })

  test('is drawn once for all who ask at the same time, one after another', async () => {
    await load()
    const [english, spanish] = [await cardOn('en'), await cardOn('es')]
    const { hand, letDraw, counted } = waitingHand()
    const ask = renderingSite(hand)
    const answers = Promise.all([english, english, english, spanish].map((each) => ask(each)))
    await vi.waitUntil(() => counted().rendered === 1)
    letDraw()
    await vi.waitUntil(() => counted().rendered === 2)
    letDraw()
    expect((await answers).map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(counted()).toEqual({ rendered: 2, most: 1 })
  })

  test('is not drawn while too many wait: who asks is told when to ask again', async () => {
    await load()
    const path = await cardOn('en')
    const { hand, letDraw, counted } = waitingHand()
    const ask = renderingSite(hand)
    const taken = Array.from({ length: 16 }, (_, index) => ask(path, `network ${index}`))
    await vi.waitUntil(() => counted().rendered === 1)
    const refused = await ask(path)
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '5'])
    letDraw()
    expect((await Promise.all(taken)).every(({ status }) => status === 200)).toBe(true)
    expect((await ask(path)).status).toBe(200)
  })

  test('is none that a print has not written: nobody makes us draw what they please', async () => {
    await load()
    const ask = renderingSite(async () => {
      throw new Error('Something was drawn.')
    })
    for (const name of ['0'.repeat(32), 'ABCDEF'.repeat(6), '..%2f..%2fetc%2fpasswd', `${'0'.repeat(32)}%0a`, '']) {
      expect([name, (await ask(`/cards/${name}.png`)).status]).toEqual([name, 404])
    }
    expect((await ask((await cardOn('en')).replace('.png', '.svg'))).status).toBe(404)
  })

  test('is drawn so often for one network in a minute', async () => {
    await load()
    const path = await cardOn('en')
    const failing = renderingSite(async () => {
      throw new Error('The pen broke.')
    })
    const statuses = []
    for (let asked = 0; asked <= limits.card; asked += 1) statuses.push((await failing(path)).status)
    expect([statuses.at(-2), statuses.at(-1)]).toEqual([500, 429])
    expect((await failing(path, 'somebody else')).status).toBe(500)
  })

  test('is answered without limit once it is kept', async () => {
    await load()
    const path = await cardOn('en')
    const ask = renderingSite()
    const statuses = []
    for (let asked = 0; asked <= limits.card; asked += 1) statuses.push((await ask(path)).status)
    expect(new Set(statuses)).toEqual(new Set([200]))
  })

  test('says that it is not there yet where a program draws nothing', async () => {
    await load()
    expect((await newsroom.ask(await cardOn('en'))).status).toBe(503)
  })
})

describe('cards', () => {
  test('are gone at once with a briefing that is withdrawn, for its title is on them', async () => {
    await load(['es'])
    const card = await cardOn('es')
    const ask = renderingSite()
    expect((await ask(card)).status).toBe(200)
    await newsroom.takeBack('harbour-closes')
    expect((await ask(card)).status).toBe(404)
    expect(await cards()).toEqual([])
  })

  test('are kept while any briefing has them: two that say the same have one', async () => {
    const twin = aBriefing({ id: 'twin', slug: 'harbour-closes-too' })
    await newsroom.load({ briefing: aBriefing() }, { briefing: twin })
    const shared = await cardOn('en')
    expect(await cardOn('en', 'harbour-closes-too')).toBe(shared)
    await newsroom.load({
      briefing: revised(aBriefing(), 'minor', '2025-04-01T00:00:00Z', (each) => ({ ...each, title: 'Harbour opens' })),
    })
    newsroom.clock.now = '2026-12-01T00:00:00Z'
    await prune(newsroom.site)
    expect(await cardOn('en', 'harbour-closes-too')).toBe(shared)
    expect((await renderingSite()(shared)).status).toBe(200)
  })

  test('are forgotten a month after no edition has them, and no sooner; those in use never', async () => {
    await load([])
    const before = await cardOn('en')
    newsroom.clock.now = '2026-02-01T00:00:00Z'
    await newsroom.load({
      briefing: revised(aBriefing(), 'minor', '2025-04-01T00:00:00Z', (each) => ({ ...each, title: 'Harbour opens' })),
    })
    const after = await cardOn('en')
    const hashes = async () => (await cards()).map(({ hash }) => cardPathTo(hash)).toSorted()
    newsroom.clock.now = '2026-03-02T00:00:00Z'
    await prune(newsroom.site)
    expect(await hashes()).toEqual([before, after].toSorted())
    newsroom.clock.now = '2026-03-04T00:00:00Z'
    await prune(newsroom.site)
    expect(await hashes()).toEqual([after])
  })

  test('lose the pictures that an earlier program kept in the database, some at a time, and are drawn as before', async () => {
    await load(['es', 'fr', 'ar', 'ja'])
    const path = await cardOn('ja')
    await newsroom.database.atomically([CompiledQuery.raw('update share_card set picture = zeroblob(9)')])
    const drawn = async () => (await cards()).filter(({ picture }) => picture !== null).length
    expect(await drawn()).toBe(5)
    await emptyPictures(newsroom.database, 3)
    expect(await drawn()).toBe(2)
    await emptyPictures(newsroom.database, 3)
    expect(await drawn()).toBe(0)
    expect((await renderingSite()(path)).headers.get('Content-Type')).toBe('image/png')
  })
})
