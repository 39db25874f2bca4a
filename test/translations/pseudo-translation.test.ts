import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { segmentsOf } from '../../src/briefings/segments'
import { pseudoLocales } from '../../src/language/locale'
import { pseudoPieces } from '../../src/language/pseudo'
import { checkSegment, errorsOfSegment } from '../../src/translations/checks/checks'
import type { Finding } from '../../src/translations/checks/finding'
import { split } from '../../src/translations/packs/inline'
import { pseudoTranslation } from '../../src/translations/pseudo-translation'
import { localeFileSchema } from '../../src/translations/translation'
import { aBriefing, revised } from '../support/briefings'
import { aGeneratedBriefing } from '../support/generated'
import { aTypedText } from '../support/packs'
import { rounds } from '../support/rounds'

/** All that a check finds but the controls that `ar-XB` is made of, which no person may type. */
const butControls = (findings: readonly Finding[]) => findings.filter(({ complaint }) => complaint.code !== 'text.reordering')

describe.each(pseudoLocales)('a briefing in %s', (locale) => {
  test('has every segment, made from the English that stands, and says that a machine made it', () => {
    const briefing = revised(aBriefing(), 'material', '2025-04-01T08:00:00Z', (each) => ({
      ...each,
      title: 'The harbour is open',
    }))
    const { segments, ...facts } = pseudoTranslation(briefing, 'en', locale)
    expect(facts).toEqual({
      locale,
      source: 'en',
      sourceRevision: 2,
      state: 'approved',
      provenance: 'machine',
      credits: ['Pseudo'],
    })
    const english = new Map(segmentsOf(briefing).map(({ id, text }) => [id, text] as const))
    expect(Object.keys(segments)).toEqual([...english.keys()])
    for (const [id, text] of Object.entries(segments)) expect(text).not.toBe(english.get(id))
    expect(segments['title']).toContain(locale === 'en-XA' ? 'ĥ' : '\u202eharbour\u202c')
  })

  test('keeps links, emphasis and lists, and the addresses that they lead to', () => {
    const { segments } = pseudoTranslation(aBriefing(), 'en', locale)
    expect(segments['body.closure']).toMatch(/ \*\*[^*]+\*\* .*\[[^\]]+\]\(https:\/\/port\.example\/notice\)/u)
    const context = '- **infrastructure**: `az ml`;\n- see https://port.example/notice\n\n1. *Research* &amp; more'
    const set = pseudoTranslation(aBriefing({ context }), 'en', locale).segments['context']
    expect(set).toMatch(/^- \*\*[^*]+\*\*: `az ml`;\n- [^ ]+ https:\/\/port\.example\/notice\n\n1\. \*[^*]+\* &amp; /u)
  })

  test('passes what any translation has to pass, whatever was typed', () => {
    fc.assert(
      fc.property(aTypedText, fc.constantFrom('plain', 'markdown'), (source, kind) => {
        const target = pseudoPieces(split(kind, source), locale)
        expect(butControls(errorsOfSegment({ locale, id: 'context', kind, source, target }))).toEqual([])
      }),
      { numRuns: rounds(1000) },
    )
  })

  test('is set as the English is set: as many paragraphs, lists and emphasised passages', () => {
    fc.assert(
      fc.property(aGeneratedBriefing, (briefing) => {
        const { segments } = pseudoTranslation(briefing, 'en', locale)
        const findings = segmentsOf(briefing).flatMap(({ id, kind, text: source }) =>
          checkSegment({ locale, id, kind, source, target: segments[id] ?? '', names: [], glossary: undefined }),
        )
        expect(
          butControls(findings).filter(({ rule }) => ['structure', 'links', 'addresses', 'markup', 'text'].includes(rule)),
        ).toEqual([])
      }),
    )
  })
})

test('only en-XA could have been handed in as a file: ar-XB is made of controls that no file may have', () => {
  const taken = pseudoLocales.map((locale) => localeFileSchema.safeParse(pseudoTranslation(aBriefing(), 'en', locale)).success)
  expect(taken).toEqual([true, false])
})
