import type { Unit } from './units'

/*
 * Inflection without dictionaries. Arabic is stemmed by light10 (Larkey, Ballesteros and Connell, 2007), as in Lucene. In alphabets, two words
 * count as forms of one if they begin alike for long enough. A word of a text is kept by its stem, which is its beginning. A word of a query
 * finds the stems that are beginnings of it and have more than half of its letters.
 */

const isArabic = /^\p{sc=Arabic}+$/u
const hasStem = /^[\p{L}\p{M}]{4,}$/u

/** The stem that a text's word is kept by. Words of three letters and fewer, numbers and characters are their own. */
export function stemOf({ form, isCharacter }: Unit): string {
  if (isCharacter || !hasStem.test(form) || /[\uD800-\uDFFF]/.test(form)) return form
  if (isArabic.test(form)) return arabicStemOf(form)
  const { length } = form
  return form.slice(0, Math.max(4, length < 9 ? length - 2 : length - 3))
}

/** The stems by which forms of a word that is asked for are found. */
export function stemsFor(unit: Unit): readonly string[] {
  const { form, isCharacter } = unit
  if (isCharacter || !hasStem.test(form) || isArabic.test(form) || /[\uD800-\uDFFF]/.test(form)) return [stemOf(unit)]
  const shortest = Math.max(4, Math.floor(form.length / 2) + 1)
  return Array.from({ length: form.length - shortest + 1 }, (_, more) => form.slice(0, shortest + more))
}

const articles = ['ال', 'وال', 'بال', 'كال', 'فال', 'لل', 'و']
const endings = ['ها', 'ان', 'ات', 'ون', 'ين', 'يه', 'ه', 'ي']

function arabicStemOf(word: string): string {
  const article = articles.find((each) => word.startsWith(each) && word.length - each.length >= (each === 'و' ? 3 : 2)) ?? ''
  return endings.reduce(
    (rest, ending) => (rest.endsWith(ending) && rest.length - ending.length >= 2 ? rest.slice(0, -ending.length) : rest),
    word.slice(article.length),
  )
}
