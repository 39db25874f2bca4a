import { describe, expect, test } from 'vitest'
import { writtenForm } from '../../src/language/locale'
import { negotiate } from '../../src/language/negotiation'

// What two others find, restated from their public tests, and where we find something else, with the reason.
// ICU's locale matcher: icu4c/source/test/testdata/localeMatcherTest.txt, © Unicode, Inc. and others, Unicode License v3
// (https://www.unicode.org/license.txt). Left out: cases of its own settings (favor, threshold), of Google's pseudo-locales, and repetitions.
// jshttp/negotiator: test/language.js, MIT License, © Federico Romero, Isaac Z. Schlueter, Douglas Christopher Wilson.

/** Stands for "nothing was found": the default of the site. */
const nothing = 'xx'
const languageOf = (tag: string) => new Intl.Locale(tag).language
const tagsIn = (header: string) => header.split(/[,;]\s*/).filter((each) => /^[a-z]/i.test(each) && !each.startsWith('q='))

/** A difference, as it is seen in a case. */
interface Difference {
  readonly header: string
  readonly theirs: string
  readonly ours: string
}

/** The reasons for which we differ, each with what is true of every case of it. */
const reasons = {
  /**
   * ICU knows which regions of a language are near to one another. Here the plain language, and then its likely region, are what a site
   * writes for everyone (RFC 4647, 3.4). The reader still gets their language and script.
   */
  regions: ({ theirs, ours }: Difference) => writtenForm(theirs) === writtenForm(ours),
  /** ICU takes one language for another that its readers often know. Here a site says so itself (`fallback`), or nobody does. */
  anotherLanguage: ({ header, theirs }: Difference) => !tagsIn(header).some((tag) => languageOf(tag) === languageOf(theirs)),
  /** ICU serves another script. Here a reader is never sent to a script that they did not name. */
  anotherScript: ({ header, theirs, ours }: Difference) => {
    const same = tagsIn(header).filter((tag) => languageOf(tag) === languageOf(theirs))
    return ours === nothing && same.length > 0 && same.every((tag) => writtenForm(tag) !== writtenForm(theirs))
  },
  /** ICU reads a language into a tag that names none. Here such a tag is skipped, like private tags and those of before BCP 47. */
  noLanguage: ({ header, ours }: Difference) => ours === nothing && /^(und|x|i)-|-oed$/.test(header),
  /** ICU takes tags apart. Lookup shortens them, so a script that goes without saying is not inserted. The same language is found. */
  lookup: ({ theirs, ours }: Difference) => writtenForm(theirs) === writtenForm(ours) && theirs.startsWith(ours),
  /** negotiator takes the first of the list for those who say nothing. Here that is the site’s default. */
  siteDefault: ({ header, ours }: Difference) => ours === nothing && header === '',
} as const

type Reason = keyof typeof reasons

/** Asked, one or several (`|` between them); of which locales; what the other finds; and if we differ, what we find, and why. */
type Case = readonly [header: string, available: string, theirs: string, ours?: string, reason?: Reason]

const america =
  'es-003|es-005|es-019|es-029|es-AR|es-BO|es-BZ|es-CA|es-CL|es-CO|es-CR|es-CU|es-DO|es-EC|es-GT|es-HN|es-NI|es-PA|es-PE|es-PR|es-PY|es-SV|es-US|es-UY|es-VE'
const elsewhere = 'es-001|es-002|es-142|es-150|es-AD|es-ES|es-GI|es-GQ|es-PH|es'
const commonwealth = 'en-AU|en-BZ|en-CA|en-IN|en-IE|en-JM|en-NZ|en-PK|en-TT|en-ZA'
const parents = 'en en-US en-GB es es-419 pt pt-BR pt-PT zh zh-Hant zh-Hant-HK'

const icu: readonly Case[] = [
  ['es-ES', 'fr en en-GB es-419 es-MX es', 'es'],
  ['es-MX', 'fr en en-GB es-419 es-MX es', 'es-MX'],
  ['es-AR', 'fr en en-GB es-419 es-MX es', 'es-419', 'es', 'regions'],
  ['en-NZ', 'fr en en-GB es-419 es-MX es', 'en-GB', 'en', 'regions'],
  ['es-AR', 'es-ES es-419', 'es-419', 'es-ES', 'regions'],
  ['es-AR', 'es es-MX', 'es-MX', 'es', 'regions'],
  ['en-AU', 'en-GB en-US', 'en-GB', 'en-US', 'regions'],
  ['en-AU', 'en-NZ en', 'en-NZ', 'en', 'regions'],
  ['pt-AO', 'pt-PT pt-BR', 'pt-PT', 'pt-BR', 'regions'],
  ['pt-AO|pt-ES', 'pt-PT pt', 'pt-PT', 'pt', 'regions'],
  ['zh-HK', 'zh-MO zh-TW', 'zh-MO', 'zh-TW', 'regions'],
  ['zh-HK', 'zh-MO zh-CN', 'zh-MO'],
  ['zh-HK', 'zh-MO zh', 'zh-MO'],
  ['zh-HK', 'zh zh-TW zh-MO', 'zh-MO', 'zh-TW', 'regions'],
  ['zh-MO', 'zh zh-TW zh-HK', 'zh-HK', 'zh-TW', 'regions'],
  ['zh-HK', 'zh-Hant zh-TW', 'zh-Hant'],
  ['zh-Hant-TW|zh-Hant|zh-TW|zh-Hant-HK', 'zh-CN zh-TW he', 'zh-TW'],
  ['zh-Hans-CN|zh-CN|zh', 'zh-CN zh-TW he', 'zh-CN'],
  ['he-IT|iw', 'zh-CN zh-TW he', 'he'],
  ['en-GB', 'fr en-GB en', 'en-GB'],
  ['en|en-US', 'fr en-GB en', 'en'],
  ['fr|fr-FR', 'fr en-GB en', 'fr'],
  ['ja|ja-JP|zxx', 'fr en-GB en', nothing],
  ['zu', 'fr en-GB en', 'en-GB', nothing, 'anotherLanguage'],
  ['sa', 'en hi', 'hi', nothing, 'anotherLanguage'],
  ['tl', 'en fil ro nn', 'fil'],
  ['mo', 'en fil ro nn', 'ro'],
  ['nb', 'en fil ro nn', 'nn', nothing, 'anotherLanguage'],
  ['nn', 'en nb', 'nb', nothing, 'anotherLanguage'],
  ['da', 'en nn', nothing],
  ['da', 'en nb', 'nb', nothing, 'anotherLanguage'],
  ['no, en-US|nb, en-US', 'nn en-GB', 'nn', 'en-GB', 'anotherLanguage'],
  ['nb, en-US', 'nl zh en-GB no', 'no', 'en-GB', 'anotherLanguage'],
  ['af', 'mul nl', 'nl', nothing, 'anotherLanguage'],
  ['nl', 'mul af', nothing],
  ['gl-ES', 'es es-MX', 'es', nothing, 'anotherLanguage'],
  ['ru', 'en uk', nothing],
  ['iw, en-US', 'nl he en-GB', 'he'],
  ['tl, en-US', 'nl fil en-GB', 'fil'],
  ['cmn, en-US', 'nl zh en-GB no', 'zh'],
  ['ja, de', 'fr en-GB ja es-ES es-MX', 'ja'],
  ['de, en-US', 'fr en-GB ja es-ES es-MX', 'en-GB'],
  ['de, zh', 'fr en-GB ja es-ES es-MX', nothing],
  ['ja-JP, en-GB|ja-Jpan-JP, en-GB', 'fr en-GB ja es-ES es-MX', 'ja'],
  ['ja-Jpan-JP, en-AU|ja-JP, en-US', 'en ja', 'ja'],
  ['de-CH, fr', 'en de fr ja', 'de'],
  ['de-CH, fr', 'en-GB en de fr ja', 'de'],
  ['en-US, ar, nl, de, ja', 'en-GB en de fr ja', 'en'],
  ['en-US, fr-CA', 'en fr-CA', 'en'],
  ['fr-CA, en-CA', 'fr en-GB en', 'fr'],
  ['en-GB, sv', 'en sv', 'en'],
  ['en, nl|en, nl, en-GB', 'en-GB nl', 'en-GB'],
  ['zh, en', 'fr zh-Hant en', 'en'],
  ['zh-TW|zh-Hant', 'fr zh-Hans-CN en-US', 'zh-Hans-CN', nothing, 'anotherScript'],
  ['zh-TW, en|zh-Hant-CN, en', 'fr zh-Hans-CN en-US', 'en-US'],
  ['zh-Hans, en', 'fr zh-Hans-CN en-US', 'zh-Hans-CN'],
  ['zh-TW', 'zh', 'zh', nothing, 'anotherScript'],
  ['zh-CN', 'zh-TW en', 'zh-TW', nothing, 'anotherScript'],
  ['sr-ME|sr-Latn', 'sr', 'sr', nothing, 'anotherScript'],
  ['sr|sr-Cyrl', 'en sr-Latn', 'sr-Latn', nothing, 'anotherScript'],
  ['sr', 'sr-ME', 'sr-ME', nothing, 'anotherScript'],
  ['sh', 'sr-Cyrl sr-Latn ro ro-MD', 'sr-Latn'],
  ['bs', 'sr-Latn', nothing],
  ['hr|bs|nl-Cyrl', 'en sr nl', nothing],
  ['he-Latn', 'he en', nothing],
  ['de', 'de-AT de-DE de-CH', 'de-DE'],
  ['en-US', 'en-NZ en-IT', 'en-NZ', 'en-IT', 'regions'],
  ['es-MX', 'es-AR es', 'es-AR', 'es', 'regions'],
  ['es-MX', 'es-419', 'es-419'],
  ['es-MX', 'es-419 es', 'es-419', 'es', 'regions'],
  ['es-SG', 'es-419 es', 'es'],
  ['es-PT', 'en en-GB es-ES es-419', 'es-ES'],
  ['fr-US', 'en fr fr-CA fr-CH', 'fr'],
  ['pt-PT, es, pt', 'pt-PT pt-BR es es-419', 'pt-PT'],
  ['pt-PT, es, pt', 'pt-PT pt es es-419', 'pt-PT'],
  ['pt-PT, es, pt', 'pt-BR es es-419', 'pt-BR'],
  ['pt, es-419, pt-PT', 'pt-PT pt-BR es es-419', 'pt-BR'],
  ['pt, es-419, pt-PT', 'pt-PT pt es es-419', 'pt'],
  ['pt-US, pt-PT', 'pt-PT pt-BR es es-419', 'pt-BR'],
  ['pt-US, pt-PT, pt', 'pt-PT pt es es-419', 'pt'],
  ['es-EA', 'es es-MA es-MX es-419', 'es'],
  ['es-EA', 'es-MA es-MX es-419', 'es-MA', 'es-419', 'regions'],
  ['en-ZA', 'en en-GU en-IN en-GB', 'en-GB', 'en', 'regions'],
  ['en-VI', 'en en-GU en-IN en-GB', 'en'],
  ['en-VI', 'en-GU en-IN en-GB', 'en-GU', 'en-GB', 'regions'],
  [elsewhere, 'es es-MX', 'es'],
  [america, 'es es-MX', 'es-MX', 'es', 'regions'],
  [elsewhere, 'es es-419 es-MX', 'es'],
  [america, 'es es-419 es-MX', 'es-419', 'es', 'regions'],
  ['es-419', 'es es-419 es-MX', 'es-419'],
  ['es-MX', 'es es-419 es-MX', 'es-MX'],
  ['ca', 'es es-419 es-MX', nothing],
  [commonwealth, 'en-GB en-US', 'en-GB', 'en-US', 'regions'],
  ['en-US|en', 'en-GB en-US', 'en-US'],
  ['en-150|en-BE|en-DE|en-HK|en-MT|en-SG', parents, 'en-GB', 'en', 'regions'],
  [america.replaceAll(/es-0\d\d\|/g, ''), parents, 'es-419', 'es', 'regions'],
  ['es-PT', parents, 'es'],
  ['pt-AO|pt-CV|pt-GW|pt-MO|pt-MZ|pt-ST|pt-TL', parents, 'pt-PT', 'pt', 'regions'],
  ['fr-FR', 'en fr fr-CA', 'fr'],
  ['fr-FR', 'en fr-CA', 'fr-CA'],
  ['fr', 'fr-CA fr-FR', 'fr-FR'],
  ['fr-SN', 'fr-CA fr-FR', 'fr-CA', 'fr-FR', 'regions'],
  ['fr', 'de en it', nothing],
  ['und', 'it en', nothing],
  ['und, en', 'it en', 'en'],
  ['und-FR', 'it fr zh', 'fr', nothing, 'noLanguage'],
  ['und-Hans', 'it fr zh', 'zh', nothing, 'noLanguage'],
  ['i-klingon', 'fr tlh en', 'tlh', nothing, 'noLanguage'],
  ['en-GB-oed', 'fr tlh en-Latn-US', 'en-Latn-US', nothing, 'noLanguage'],
  ['fr-BE-fonipa', 'fr', 'fr'],
  ['fr-BE-fonipa', 'fr-CA', 'fr-CA'],
  ['de-FR-u-co-phonebk|de-t-m0-iso-i0-pinyin', 'en de sl-nedis', 'de'],
  ['sl-nedis-u-cu-eur|sl-u-cu-eur|sl-HR-nedis-u-cu-eur', 'en de sl-nedis', 'sl-nedis'],
  ['af|af-ZA', 'af af-Latn af-Arab', 'af'],
  ['af-Latn-ZA|af-Latn', 'af af-Latn af-Arab', 'af-Latn'],
  ['nl|nl-Latn', 'nl nl-NL nl-BE', 'nl'],
  ['nl-NL', 'nl nl-NL nl-BE', 'nl-NL'],
  ['nl-Latn-NL', 'nl nl-NL nl-BE', 'nl-NL', 'nl', 'lookup'],
  ['nl-Latn-NL', 'nl nl-Latn nl-NL nl-BE', 'nl-Latn'],
  ['ja-Jpan, ru', 'ja ja-Jpan-US ja-JP en ru', 'ja'],
  ['ja-US, ru', 'ja ja-Jpan-US ja-JP en ru', 'ja-Jpan-US', 'ja', 'lookup'],
]

const jshttp: readonly Case[] = [
  ['', 'es en', 'es', nothing, 'siteDefault'],
  ['*', 'es en', 'es'],
  ['*, en', 'es en', 'en'],
  ['*, en;q=0', 'en', nothing],
  ['*, en;q=0', 'es en', 'es'],
  ['*;q=0.8, en, es', 'en nl', 'en'],
  ['*;q=0.8, en, es', 'ro nl', 'ro'],
  ['*;q=0.8, en, es', 'fr de en it es pt', 'en'],
  ['en', 'es en', 'en'],
  ['en', 'en-US', 'en-US'],
  ['en', 'en-US en', 'en'],
  ['en;q=0', 'es en', nothing],
  ['en;q=0.8, es', 'en', 'en'],
  ['en;q=0.8, es', 'en es', 'es'],
  ['en;q=0.9, es;q=0.8, en;q=0.7', 'es en', 'en'],
  ['en-US, en;q=0.8', 'en en-US', 'en-US'],
  ['en-US, en;q=0.8', 'en-GB en-US', 'en-US'],
  ['en-US, en;q=0.8', 'en-GB es', 'en-GB'],
  ['en-US, en-GB', 'en-GB en-US', 'en-US'],
  ['en-US;q=0.8, es', 'en-US es', 'es'],
  ['en-US;q=0.8, es', 'en-US en', 'en-US'],
  ['en-US;q=0.8, es', 'en es', 'es'],
  ['en-US;foo=bar;q=1, en-GB;q=1', 'en-GB en-US', 'en-US'],
  ['en-US;foo="bar,baz", en-GB', 'en-GB', 'en-GB'],
  ['nl;q=0.5, fr, de, en, it, es, pt, no, se, fi, ro', 'nl fr', 'fr'],
]

/** What is wrong with the cases: what we find is not what is said, a difference has gone, or its reason does not hold. */
const faultsIn = (cases: readonly Case[]): readonly string[] =>
  cases.flatMap(([headers, list, theirs, ours = theirs, reason]) =>
    headers.split('|').flatMap((header) => {
      const found = negotiate(header, list.split(' '), nothing)
      if (found !== ours) return [`${header} of ${list}: ${found}, not ${ours}`]
      if ((ours !== theirs) !== (reason !== undefined))
        return [`${header} of ${list}: a difference without a reason, or a reason without one`]
      return reason && !reasons[reason]({ header, theirs, ours }) ? [`${header} of ${list}: not because of ${reason}`] : []
    }),
  )

describe('negotiation finds what others find, and every difference has its reason', () => {
  test('ICU’s locale matcher', () => {
    expect(faultsIn(icu)).toEqual([])
  })

  test('jshttp/negotiator', () => {
    expect(faultsIn(jshttp)).toEqual([])
  })

  test('a difference without a reason, one that has gone, and one with a wrong reason are found', () => {
    expect(faultsIn([['es-AR', 'es es-419', 'es-419']])).toEqual(['es-AR of es es-419: es, not es-419'])
    expect(faultsIn([['es-AR', 'es es-419', 'es-419', 'es']])).toHaveLength(1)
    expect(faultsIn([['es-ES', 'es es-419', 'es', 'es', 'regions']])).toHaveLength(1)
    expect(faultsIn([['nb', 'en nn', 'nn', nothing, 'anotherScript']])).toEqual(['nb of en nn: not because of anotherScript'])
    expect(faultsIn([['zh-TW', 'zh', 'zh', nothing, 'anotherLanguage']])).toEqual(['zh-TW of zh: not because of anotherLanguage'])
  })
})
