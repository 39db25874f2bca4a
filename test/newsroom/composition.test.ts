import { describe, expect, test } from 'vitest'
import { isProblems, placed, readBriefingFile } from '../../src/briefings/files'
import { findSource } from '../../src/briefings/store'
import { explain } from '../../src/language/newsroom'
import { exportPack, packFile } from '../../src/newsroom/export'
import { importPack } from '../../src/newsroom/import'
import { readPack } from '../../src/translations/packs/formats'
import { packFormats } from '../../src/translations/packs/pack'
import { findTranslation } from '../../src/translations/store'
import { aBriefing, aTranslation } from '../support/briefings'
import { encode, openNewsroom } from '../support/newsroom'

/** Its é and its è are a letter and a mark each, as some systems write them. */
const apart = (text: string) => text.normalize('NFD')

describe('a text whose marks are apart', () => {
  test('is stored in one piece (NFC), in English and in a translation, by load and by import', async () => {
    const { site, load } = await openNewsroom()
    const briefing = aBriefing({ title: apart('The café closes') })
    await load({ briefing, translations: [aTranslation(briefing, 'fr', { segments: { title: apart('Le café fermé') } })] })
    const source = await findSource(site.database, briefing.id)
    expect(source?.briefing.title).toBe('The café closes')
    const titleNow = async () => (await findTranslation(site.database, briefing.id, 'fr', 1))?.segments['title']?.text
    expect(await titleNow()).toBe('Le café fermé')
    const file = aTranslation(aBriefing(), 'fr', { segments: { title: apart('Le café a été fermé') } })
    await importPack(site, readPack('harbour-closes.json', encode(file)))
    expect(await titleNow()).toBe('Le café a été fermé')
  })

  test.each(packFormats)('and that nobody edited is unchanged when it comes back as %s', async (format) => {
    const { site, load } = await openNewsroom()
    const briefing = aBriefing()
    await load({ briefing, translations: [aTranslation(briefing, 'fr', { segments: { title: 'Le café fermé' } })] })
    const outgoing = await exportPack(site, 'fr', 'harbour-closes', 'all')
    if (!outgoing) throw new Error('Nothing was exported.')
    const { name, text } = packFile(outgoing, format, {})
    const receipt = await importPack(site, readPack(name, encode(apart(text))))
    expect([receipt.isSaved, receipt.lines.filter(({ outcome }) => outcome !== 'unchanged')]).toEqual([false, []])
  })
})

describe('an address with a user name or a password', () => {
  const problems = (changes: Parameters<typeof aBriefing>[0]) => {
    const read = readBriefingFile('x.json', encode(aBriefing(changes)))
    return isProblems(read) ? read.map((each) => explain(placed(each))) : []
  }
  const [source, ...others] = aBriefing().sources
  const at = (url: string) => ({ sources: source ? [{ ...source, url }, ...others] : [] })

  test.each(['https://ada:secret@port.example/', 'https://ada@port.example/notice', 'http://:secret@port.example/'])(
    'of a source is refused: %s',
    (url) => {
      expect(problems(at(url))).toEqual(['x.json: sources.0.url: This address has a user name or a password in it. Remove them.'])
    },
  )

  test('of a link is refused', () => {
    const [first, ...more] = aBriefing().body
    const text = 'It says [so](https://ada:secret@port.example/).'
    expect(problems({ body: first ? [{ ...first, text }, ...more] : [] })).toEqual([
      'x.json: body.closure: Line 1 has a link with a user name or a password in its address. Remove them.',
    ])
  })

  test('is not what an address with a sign @ in its path is', () => {
    expect(problems(at('https://port.example/@ada'))).toEqual([])
  })
})

describe('a pack for a translator', () => {
  test.each(packFormats)('has the terms of the glossary beside each text as %s, and comes back without them', async (format) => {
    const glossaries = { fr: { locale: 'fr', terms: [{ term: 'harbour', translation: 'port', note: 'Not “havre”.' }] } }
    const { site, load } = await openNewsroom()
    await load({ briefing: aBriefing(), translations: [] })
    const exported = async (of: typeof site) => {
      const outgoing = await exportPack(of, 'fr', 'harbour-closes', 'all')
      if (!outgoing) throw new Error('Nothing was exported.')
      return packFile(outgoing, format, {})
    }
    const { name, text } = await exported({ ...site, glossaries })
    expect(text).toContain('harbour: port (Not “havre”.)')
    expect((await exported({ ...site, glossaries: {} })).text).not.toContain('harbour: port')
    expect((await importPack(site, readPack(name, encode(text)))).lines).toEqual([])
  })
})
