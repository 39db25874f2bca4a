/*
 * What stands beside an apostrophe. In Latin script it is often no word of its own: an article before it (l'acquisition, dell'antica) or an
 * ending after it (Lock's, Türkiye'nin). Cyrillic and Hebrew write words with an apostrophe inside (об'єднання). The script decides, not the
 * language, because every site has names and quotations of others.
 */

/** What readers and newsrooms type for an apostrophe. Three of them are letters to Unicode. */
export const apostrophes = String.raw`'’‘‛ʼʻꞌ\u0060\u00B4′＇`

const isApostrophe = new RegExp(`[${apostrophes}]`, 'u')

const joiner = String.raw`(?<=[\p{sc=Cyrillic}\p{sc=Hebrew}]\p{M}*)[${apostrophes}](?=[\p{sc=Cyrillic}\p{sc=Hebrew}])`
/** Hebrew abbreviations have a quotation mark before their last letter: צה"ל. */
const gershayim = String.raw`(?<=\p{sc=Hebrew}\p{M}*)["״”“׳](?=\p{sc=Hebrew})`

const negation = String.raw`(?<=[nN])[${apostrophes}](?=[tT](?![\p{L}\p{N}]))`

/** A mark inside a word, which joins its two parts: as in об’єднання, צה"ל and don’t. */
export const joiners = `${joiner}|${gershayim}|${negation}`

/** Articles, prepositions and pronouns that lose their vowel, as in Lucene's lists for French, Italian, Catalan and Irish. */
const elided = /^(?:[bcdjlmnstv]|qu|(?:jus|lors|puis|quoi)qu|un|gl|(?:a|da|de|ne|su)(?:ll|gl)|(?:co|pe)ll|qu(?:ell|est))$/
const elisionGap = new RegExp(
  String.raw`[${apostrophes}](?:["\p{Pi}\p{Ps}][ \u00A0\u202F]?)?(?=[\p{L}\p{N}])(?!s(?![\p{L}\p{N}]))`,
  'iuy',
)

/** Endings and pronouns that an apostrophe sets off from any word. */
const enclitic = /^(?:s|d|m|t|ll|re|ve|l|ls|n|ns)$/
/** Endings of cases that it sets off from names, by Turkish vowel harmony and as Polish has them. */
const caseEnding =
  /^(?:l[ae]r)?(?:[iuae]|[nsy]?[iu]n?|[iu]n|n[iu]n|[yn][ae]|n?[dt][ae]n?|[dt][ae]ki|y?l[ae]|[dt][iu]r|l[iu]|s[iu]z|owi|i?em|ego|emu|[iy]m|y)$/
const wordBefore = new RegExp(String.raw`([\p{L}\p{M}\p{N}]*)["\p{Pe}\p{Pf}]?[${apostrophes}]$`, 'u')

/**
 * Whether a word of a text only belongs to another by an apostrophe: what is elided before it, or an ending after it. Such words are in no
 * index and required by no query. `form` is how the word is compared.
 */
export function isParticle(text: string, form: string, start: number, end: number): boolean {
  if (!isApostrophe.test(text[end] ?? '') && !isApostrophe.test(text[start - 1] ?? '')) return false
  if (elided.test(form)) {
    elisionGap.lastIndex = end
    if (elisionGap.test(text)) return true
  }
  const isEnclitic = enclitic.test(form)
  if (!isEnclitic && !caseEnding.test(form)) return false
  const before = wordBefore.exec(text.slice(Math.max(0, start - 40), start))?.[1]
  if (before === undefined || before === '') return false
  return isEnclitic || (before.length > 2 && !elided.test(before.toLowerCase()))
}
