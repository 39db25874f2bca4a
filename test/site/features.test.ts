import { describe, expect, test } from 'vitest'
import type { Features } from '../../src/settings/settings'
import { aBriefing, aTranslation } from '../support/briefings'
import { openNewsroom } from '../support/newsroom'
import { sampleSettings } from '../support/settings'

const { slug } = aBriefing()
const ofBriefing = `/es/briefings/${slug}`

/** Addresses of what a site may do without. Each answers where it is on. */
const addresses: Readonly<Record<Exclude<keyof Features, 'fullTextFeeds'>, readonly string[]>> = {
  newsletter: ['/es/newsletter', '/es/newsletter/sent', '/es/account/newsletter'],
  following: [`${ofBriefing}/follow`, '/es/follow/sent', '/es/account/following'],
  reports: [`${ofBriefing}/report`, `${ofBriefing}/report/sent`],
  comments: [`${ofBriefing}/comments`],
  membership: ['/sign-in', '/account', '/join/circle', '/es/sign-in', '/es/account', '/es/account/passkeys', '/es/join/alliance'],
  searchEngines: ['/sitemap.xml', '/sitemap-site.xml', '/news-sitemap.xml', '/llms.txt'],
}

/** Pages that link to what there is, and documents that name it. */
const pages = ['/es/', ofBriefing, `/fr/briefings/${slug}`, '/es/translations', '/es/search?q=puerto', '/es/confidence']

async function openWith(features: Partial<Features>) {
  const settings = { ...sampleSettings, features: { ...sampleSettings.features, comments: true, ...features } }
  const newsroom = await openNewsroom({ kit: { settings } })
  // A site where nobody signs in has nothing for members: `check` refuses tiers then.
  const briefing = aBriefing({ sections: [], linkedOrganisations: { access: 'public', notes: [] } })
  await newsroom.load({ briefing, translations: [aTranslation(briefing, 'es')] })
  return newsroom
}

describe.each(Object.entries(addresses))('a site without %s', (name, absent) => {
  test('answers 404 at its addresses, whatever is asked, and no page leads there', async () => {
    const newsroom = await openWith({ [name]: false })
    for (const path of absent) {
      expect([path, (await newsroom.get(path)).status]).toEqual([path, 404])
      const sent = await newsroom.ask(path, { method: 'POST', headers: { Origin: 'https://briefings.example' }, body: 'a=b' })
      expect([path, sent.status]).toEqual([path, 404])
    }
    for (const page of pages) {
      const text = await newsroom.text(page)
      expect(text).toContain('</html>')
      for (const path of absent) expect(text).not.toContain(`"${path}"`)
    }
  })

  test('has them all as soon as it is on', async () => {
    const newsroom = await openWith({})
    for (const path of absent) expect([path, (await newsroom.get(path)).status]).not.toEqual([path, 404])
  })
})

test('a site with everything has pages that lead there', async () => {
  const newsroom = await openWith({})
  const all = (await Promise.all(pages.map((page) => newsroom.text(page)))).join('')
  for (const path of ['/es/newsletter', `${ofBriefing}/follow`, `${ofBriefing}/report`, `${ofBriefing}/comments`, '/es/account'])
    expect(all).toContain(`"${path}"`)
})

test('a site without search engines is closed to all of them', async () => {
  const newsroom = await openWith({ searchEngines: false })
  expect(await newsroom.text('/robots.txt')).toBe('User-agent: *\nDisallow: /\n')
  expect(await (await openWith({})).text('/robots.txt')).toContain('Sitemap: ')
})

test('feeds have the whole text, or only the summary', async () => {
  const passage = aBriefing().body[0]?.heading ?? ''
  for (const form of ['xml', 'json']) {
    expect(await (await openWith({})).text(`/en/feed.${form}`)).toContain(passage)
    const short = await (await openWith({ fullTextFeeds: false })).text(`/en/feed.${form}`)
    expect(short).toContain(aBriefing().summary.slice(0, 20))
    expect(short).not.toContain(passage)
  }
})
