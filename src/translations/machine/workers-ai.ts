import * as z from 'zod'
import type { Locale } from '../../language/locale'
import { Refusal } from '../../problem'
import { escaped, unescaped } from './protection'
import type { Translator } from './translator'

interface Sentence {
  readonly text: string
  readonly source_lang: string
  readonly target_lang: string
}

/** The binding of Workers AI, as far as it is used here. */
export interface Inference {
  run(model: string, input: Sentence): Promise<unknown>
}

const name = 'Workers AI (M2M-100)'
const model = '@cf/meta/m2m100-1.2b'

/** The languages of M2M-100 by its own codes, which are ISO 639-1 where there is one. */
const languages = new Set(
  (
    'af am ar ast az ba be bg bn br bs ca ceb cs cy da de el en es et fa ff fi fr fy ga gd gl gu ha he hi hr ht hu hy id ig ilo is ' +
    'it ja jv ka kk km kn ko lb lg ln lo lt lv mg mk ml mn mr ms my ne nl no ns oc or pa pl ps pt ro ru sd si sk sl so sq sr ss su ' +
    'sv sw ta th tl tn tr uk ur uz vi wo xh yi yo zh zu'
  ).split(' '),
)

/** Requests under way at once. A Worker has six connections, and others need some. */
const atOnce = 4

/**
 * Cloudflare's Workers AI with M2M-100. The model translates one sentence at a time and knows no markup. So it gets the text between two
 * elements sentence by sentence. A sentence with markup inside therefore reads worse than from a translator that knows markup.
 */
export function workersAi(binding: Inference): Translator {
  return {
    name,
    async translate(texts, source, target) {
      const pair = { source_lang: codeOf(source), target_lang: codeOf(target) }
      const pieces = texts.map((text) => piecesOf(text, source))
      const sentences = pieces.flat().filter(hasWords)
      const translated: string[] = []
      for (let from = 0; from < sentences.length; from += atOnce) {
        const few = sentences.slice(from, from + atOnce)
        translated.push(...(await Promise.all(few.map((sentence) => ask({ text: unescaped(sentence.trim()), ...pair })))))
      }
      const next = translated.values()
      const answer = (piece: string) => (hasWords(piece) ? inPlaceOf(piece, escaped(next.next().value ?? '')) : piece)
      return pieces.map((each) => each.map(answer).join(''))
    },
  }

  async function ask(input: Sentence): Promise<string> {
    const { data } = answerSchema.safeParse(await run(input))
    if (!data) throw new Refusal('translator.answer', { translator: name })
    return data.translated_text.trim()
  }

  async function run(input: Sentence): Promise<unknown> {
    try {
      return await binding.run(model, input)
    } catch (error) {
      throw new Refusal('translator.failed', { translator: name, fault: String(error) }, { kind: 'unavailable' })
    }
  }
}

const answerSchema = z.object({ translated_text: z.string() })

const hasWords = (piece: string) => !piece.startsWith('<') && /\p{L}/u.test(piece)

/** A text cut into its elements and the sentences between them. */
const piecesOf = (text: string, locale: Locale): readonly string[] => {
  const sentences = new Intl.Segmenter(locale, { granularity: 'sentence' })
  return text
    .split(/(<[^>]*>)/)
    .flatMap((piece) => (piece.startsWith('<') ? piece : [...sentences.segment(piece)].map(({ segment }) => segment)))
}

/** These words, with the space around others. */
const inPlaceOf = (sentence: string, words: string) => {
  const [before = '', after = ''] = sentence.split(sentence.trim())
  return `${before}${words}${after}`
}

/** The model's code of a locale. The model writes each language only in its most common script. */
function codeOf(locale: Locale): string {
  const { language } = new Intl.Locale(locale)
  const code = language === 'nb' ? 'no' : language
  if (!languages.has(code) || scriptOf(locale) !== scriptOf(language)) {
    throw new Refusal('translator.language', { translator: name, locale })
  }
  return code
}

const scriptOf = (tag: string) => new Intl.Locale(tag).maximize().script
