import type { Unit } from './units'

/*
 * Inflection without dictionaries. Arabic is stemmed by light10 (Larkey, Ballesteros and Connell, 2007), as in Lucene. In alphabets, two words
 * count as forms of one if they begin alike for long enough. A word of a text is kept by its stem, which is its beginning. A word of a query
 * finds the stems that are beginnings of it and have more than half of its letters. In Hangul, a word is found in whatever is written together
 * with it.
 */

const isArabic = /^\p{sc=Arabic}+$/u
const hasStem = /^[\p{L}\p{M}]{4,}$/u

/**
 * The stems that a text's word is kept by: its beginning; and in Hebrew, with a hyphen, the beginning of what may stand behind prefixes. Words
 * of three letters and fewer, numbers and characters are their own.
 */
export const stemsOf = ({ form, isCharacter }: Unit): readonly string[] =>
  isCharacter ? [form] : [beginningOf(form), ...restsOf(form).map((rest) => `-${beginningOf(rest)}`)]

/** Whether a word is its own stem. The index then keeps it as a word and not as a stem, too. */
export const isOwnStem = ({ form, isCharacter }: Unit): boolean => !isCharacter && beginningOf(form) === form

/**
 * Where a stem is kept: among the stems of longer words, or as a word that is its own. Of words without forms, such as numbers, only the
 * second is possible.
 */
export function placesOfStem(stem: string): readonly ('word' | 'stem')[] {
  if (stem.startsWith('-') || beginningOf(stem) !== stem) return ['stem']
  return hasStem.test(stem) || isArabic.test(stem) ? ['word', 'stem'] : ['word']
}

/** The stems by which forms of a word that is asked for are found. */
export function stemsFor({ form, isCharacter }: Unit): readonly string[] {
  if (isCharacter) return [form]
  const stems = beginningsOf(form)
  if (!isHebrew.test(form)) return stems
  const bare = withoutArticle(form)
  const forms = bare === undefined ? stems : [...stems, ...beginningsOf(bare)]
  const behind = bare === undefined || bare.length < 4 ? stems : forms
  return [...forms, ...behind.map((stem) => `-${stem}`)]
}

function beginningOf(form: string): string {
  if (!isInflected(form)) return form
  if (isArabic.test(form)) return arabicStemOf(form)
  const { length } = form
  return form.slice(0, Math.max(4, length < 9 ? length - 2 : length - 3))
}

function beginningsOf(form: string): readonly string[] {
  if (!isInflected(form) || isArabic.test(form)) return [beginningOf(form)]
  const shortest = Math.max(4, Math.floor(form.length / 2) + 1)
  return Array.from({ length: form.length - shortest + 1 }, (_, more) => form.slice(0, shortest + more))
}

const isInflected = (form: string) => hasStem.test(form) && !/[\uD800-\uDFFF]/.test(form)

/** Hebrew words that can have a prefix: a longer one is none. */
const isHebrew = /^\p{sc=Hebrew}{3,15}$/u
/** And, that, from, in, like, to, the: in the order in which they stand before a word. */
const prefixes = /^ו?(?:ל?כש|מ?ש)?(?:מה|[בכלמה])?$/

/** What stands behind each run of letters that may be prefixes. */
const restsOf = (form: string): readonly string[] =>
  isHebrew.test(form)
    ? [1, 2, 3, 4]
        .filter((count) => form.length - count > 2 && prefixes.test(form.slice(0, count)))
        .map((count) => form.slice(count))
    : []

/** A Hebrew word behind its article. The other prefixes are as often the first letter of the word itself. */
const withoutArticle = (form: string) => /^[וש]?ה(.{3,})$/u.exec(form)?.[1]

const articles = ['ال', 'وال', 'بال', 'كال', 'فال', 'لل', 'و']
const endings = ['ها', 'ان', 'ات', 'ون', 'ين', 'يه', 'ه', 'ي']

function arabicStemOf(word: string): string {
  const article = articles.find((each) => word.startsWith(each) && word.length - each.length >= (each === 'و' ? 3 : 2)) ?? ''
  return endings.reduce(
    (rest, ending) => (rest.endsWith(ending) && rest.length - ending.length >= 2 ? rest.slice(0, -ending.length) : rest),
    word.slice(article.length),
  )
}

/** What Korean sets behind a noun: after a consonant, after a vowel or ㄹ, after a vowel, and after either. */
const postpositions = {
  consonant: ['이', '은', '을', '과', '과의', '으로', '으로부터'],
  liquid: ['로', '로부터'],
  vowel: ['가', '는', '를', '와', '와의', '로', '로부터'],
  either: ['의', '에', '에는', '에서', '에서는', '에게', '까지', '부터'],
}

/** A run of characters without what stands behind a noun of two syllables and more; whole if there is none. */
export function withoutPostposition(run: readonly Unit[]): readonly Unit[] {
  for (const length of [3, 2, 1].filter((each) => run.length - each > 1)) {
    const noun = run.slice(0, -length)
    const last = (noun.at(-1)?.form.codePointAt(0) ?? 0) - 0xac00
    if (last < 0 || last >= 11_172) continue
    const final = last % 28
    const fitting = [
      ...postpositions.either,
      ...(final === 0 ? postpositions.vowel : postpositions.consonant),
      ...(final === 8 ? postpositions.liquid : []),
    ]
    const behind = run.slice(-length)
    if (fitting.includes(behind.map(({ form }) => form).join(''))) return noun
  }
  return run
}
