import { beforeEach, describe, expect, test } from 'vitest'
import { fontFiles } from '#runtime'
import { createApp } from '../../src/apps/readers'
import { CountedLimits, limits } from '../../src/delivery/limits'
import { foreverCaching } from '../../src/delivery/policy'
import { cardPathTo, type ShareCard } from '../../src/editions/share-card'
import { openLocales } from '../../src/language/locale'
import { renderWaiting } from '../../src/sharing/render-waiting'
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
function renderingSite(hand: Render = render) {
  const app = createApp(newsroom.site, newsroom.site, new CountedLimits(), hand)
  return async (path: string, network = 'reader') => await app.request(origin + path, {}, { network, log: () => {} })
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

  test('is the same card after a print that changes nothing on it, and keeps its picture', async () => {
    await load()
    const before = await cardOn('en')
    await renderWaiting(newsroom.site, render, 50)
    await (await newsroom.deploy(reworded('en', { 'layout.skip': 'Go to the text' }))).printWaiting()
    expect(await cardOn('en')).toBe(before)
    expect((await cards()).every(({ picture }) => picture !== null)).toBe(true)
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
    const held = await createApp(newsroom.site).request(origin + path, {
      headers: { 'If-None-Match': first.headers.get('ETag') ?? '' },
    })
    expect(held.status).toBe(304)
  })

  test('is drawn once for all who ask at the same time', async () => {
    await load()
    const path = await cardOn('en')
    let [rendered, atOnce, most] = [0, 0, 0]
    const ask = renderingSite(async () => {
      rendered += 1
      atOnce += 1
      most = Math.max(most, atOnce)
      await new Promise((resolve) => setTimeout(resolve, 5))
      atOnce -= 1
      return new Uint8Array([1])
    })
    const answers = await Promise.all([path, path, path, await cardOn('es')].map((each) => ask(each)))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect([rendered, most]).toEqual([2, 1])
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

  test('is drawn so often for one network in a minute, and answered without limit once it is there', async () => {
    await load()
    const path = await cardOn('en')
    const failing = renderingSite(async () => {
      throw new Error('The pen broke.')
    })
    const statuses = []
    for (let asked = 0; asked <= limits.card; asked += 1) statuses.push((await failing(path)).status)
    expect([statuses.at(-2), statuses.at(-1)]).toEqual([500, 429])
    expect((await failing(path, 'somebody else')).status).toBe(500)
    await renderWaiting(newsroom.site, render, 50)
    expect((await failing(path)).status).toBe(200)
  })

  test('says that it is not there yet where a program draws nothing', async () => {
    await load()
    expect((await newsroom.ask(await cardOn('en'))).status).toBe(503)
  })
})

describe('cards that wait to be drawn', () => {
  test('are drawn so many at a time, until none waits', async () => {
    await load(['es', 'fr', 'ar', 'ja'])
    expect(await renderWaiting(newsroom.site, render, 3)).toBe(3)
    expect(await renderWaiting(newsroom.site, render, 3)).toBe(2)
    expect(await renderWaiting(newsroom.site, render, 3)).toBe(0)
  })

  test('are not kept from it by one that cannot be drawn, which is told of', async () => {
    await load(['es', 'fr', 'ar'])
    const failing: Render = async (card) => {
      if (card.locale === 'ar') throw new Error('The pen broke.')
      return new Uint8Array([1])
    }
    await expect(renderWaiting(newsroom.site, failing, 50)).rejects.toThrow('1 cards could not be drawn: Error: The pen broke.')
    expect((await cards()).filter(({ picture }) => picture === null)).toHaveLength(1)
  })

  test('are tried so many at a time, though none can be drawn, and no one of them is tried for ever', async () => {
    await load(['es', 'fr', 'ar', 'ja', 'pl'])
    const tried: string[] = []
    const broken: Render = async (card) => {
      tried.push(card.locale)
      throw new Error('The pen broke.')
    }
    for (let run = 1; run <= 60; run += 1) {
      await expect(renderWaiting(newsroom.site, broken, 1)).rejects.toThrow('The pen broke.')
      expect(tried).toHaveLength(run)
    }
    expect(new Set(tried).size).toBeGreaterThan(1)
  })

  test('are gone at once with a briefing that is withdrawn, for its title is on them', async () => {
    await load(['es'])
    const card = await cardOn('es')
    await renderWaiting(newsroom.site, render, 50)
    expect((await newsroom.ask(card)).status).toBe(200)
    await newsroom.takeBack('harbour-closes')
    expect((await newsroom.ask(card)).status).toBe(404)
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
    expect(await renderWaiting(newsroom.site, render, 50)).toBe(2)
    expect((await newsroom.ask(shared)).status).toBe(200)
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
})
