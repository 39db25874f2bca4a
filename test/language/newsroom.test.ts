import { describe, expect, test } from 'vitest'
import { kit } from '#runtime'
import english from '../../locales/en/newsroom.json'
import { readConfig } from '../../src/config'
import { complaint, type NewsroomKey } from '../../src/language/complaint'
import { publicLocales } from '../../src/language/locale'
import { explain, explainedBy, explainers } from '../../src/language/newsroom'
import { Refusal } from '../../src/problem'
import { openSite } from '../../src/site'
import { valuesOf } from '../support/messages'
import { sampleSettings } from '../support/settings'

const unknown = complaint('briefing.unknown', { slug: 'harbour' })
const untranslated = complaint('locale.not-translated', { locale: 'eo' })
const french = { 'briefing.unknown': 'La note {slug} n’existe pas.' }

describe('a complaint', () => {
  test('is said as a sentence, in English where nobody names a language', () => {
    expect(explain(unknown)).toBe('There is no briefing called harbour.')
  })

  test('names a list as its language lists, and shows what a terminal would obey', () => {
    expect(explain({ code: 'locale.unknown', values: { locale: 'x\u001b[2J', locales: ['en', 'es', 'fr'] } })).toBe(
      'x\\u001b[2J is not a language of this site. Its languages are en, es and fr.',
    )
  })

  test('is said in another language, and in English where that lacks the message', () => {
    const said = explainedBy([['fr', { ...french, 'locale.not-translated': ' ' }, 'fr']])
    expect(said(unknown)).toBe('La note harbour n’existe pas.')
    expect(said(untranslated)).toBe('This site is not translated into eo.')
  })

  test('turns nothing around a value in a script from right to left', () => {
    const said = explainedBy([['ar', { 'briefing.unknown': 'لا يوجد موجز {slug}.' }, 'ar']])
    expect(said(unknown)).toBe('لا يوجد موجز \u2068harbour\u2069.')
  })
})

describe('the newsroom’s words of a site', () => {
  test('are those of a locale, else those of its neighbours, each read once and only where it is asked for', async () => {
    const read: string[] = []
    const explainIn = explainers(kit.locales, async (locale) => {
      read.push(locale)
      return locale === 'es' ? { 'briefing.unknown': 'No existe el informe {slug}.' } : {}
    })
    expect(read).toEqual([])
    expect((await explainIn('ca'))(unknown)).toBe('No existe el informe harbour.')
    expect((await explainIn('ca'))(untranslated)).toBe('This site is not translated into eo.')
    expect(read).toEqual(['ca', 'es'])
  })

  test('are asked for again where they could not be read', async () => {
    let tries = 0
    const explainIn = explainers(kit.locales, async () => {
      tries += 1
      if (tries === 1) throw new Error('The file is not there.')
      return french
    })
    await expect(explainIn('fr')).rejects.toThrow('The file is not there.')
    expect((await explainIn('fr'))(unknown)).toBe('La note harbour n’existe pas.')
  })

  test('are there in both runtimes', async () => {
    const site = await openSite(kit, readConfig({ ORIGIN: 'https://briefings.example' }, sampleSettings))
    for (const { tag } of kit.locales.locales) expect((await site.explainIn(tag))(unknown)).toContain('harbour')
  })
})

describe('a refusal', () => {
  test('is a complaint with the kind that HTTP answers by, and says itself in English', () => {
    const refusal = new Refusal('briefing.unknown', { slug: 'harbour' }, { kind: 'not_found', members: { sent: '"1"' } })
    expect(refusal).toMatchObject({ ...unknown, kind: 'not_found', members: { sent: '"1"' }, headers: {} })
    expect(refusal.message).toBe('There is no briefing called harbour.')
    expect(new Refusal('briefing.unknown', { slug: 'harbour' }).kind).toBe('unprocessable')
  })
})

describe.each(publicLocales(kit.locales))('the newsroom’s words in %s', (locale) => {
  test('say every complaint with each of its values', async () => {
    const site = await openSite(kit, readConfig({ ORIGIN: 'https://briefings.example' }, sampleSettings))
    const say = await site.explainIn(locale)
    const three = new Intl.NumberFormat(locale).format(3)
    const messages = Object.entries(english).filter(([code]) => !code.startsWith('@'))
    expect(messages.length).toBeGreaterThan(300)
    for (const [code, message] of messages) {
      const uses = [...valuesOf(message)]
      const values = Object.fromEntries(uses.map(([name, use]) => [name, use === 'number' ? 3 : `of ${name}`]))
      const said = say(complaint(code as NewsroomKey, values))
      expect(said.trim(), code).not.toBe('')
      for (const [name, use] of uses) {
        if (use !== 'choice') expect(said, `${code}: ${name}`).toContain(use === 'number' ? three : `of ${name}`)
      }
    }
  })

  test('are its own', async () => {
    const site = await openSite(kit, readConfig({ ORIGIN: 'https://briefings.example' }, sampleSettings))
    const said = (await site.explainIn(locale))(untranslated)
    if (locale === kit.locales.source) expect(said).toBe(explain(untranslated))
    else expect(said).not.toBe(explain(untranslated))
  })
})
