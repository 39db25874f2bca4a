import * as z from 'zod'
import type { Locale } from '../../language/locale'
import { retryAfterOf } from '../../retry/retry-after'
import { type Translator, TranslatorUnavailable, UnusableAnswer } from './translator'

/** The languages in which DeepL keeps markup in its place, by its own codes; some it knows whole as a source, and by variant as a target. */
const languages = 'AR BG CS DA DE EL ES ET FI FR HU ID IT JA KO LT LV NB NL PL RO RU SK SL SV TR UK'.split(' ')
const sources = [...languages, 'EN', 'PT', 'ZH']
const targets = [...languages, 'EN-GB', 'EN-US', 'PT-BR', 'PT-PT', 'ZH-HANS', 'ZH-HANT']

/** What one request may hold: texts, and bytes of them (the body as a whole may have 128 KiB). */
const textsMax = 50
const bytesMax = 120 * 1024

/** A request is made this often at the most, and waits this long between two at the most, in milliseconds. */
const triesMax = 4
const waitMax = 30_000

interface Pace {
  /** How long a request may take, in milliseconds. */
  readonly timeout: number
  readonly wait: (milliseconds: number) => Promise<void>
}

/** DeepL's HTTP API at an origin, such as https://api-free.deepl.com. The key goes nowhere but into the request's header. */
export function deepl(origin: string, key: string, pace: Partial<Pace> = {}): Translator {
  const { timeout = 30_000, wait = pause } = pace
  return {
    name: 'DeepL',
    async translate(texts, source, target) {
      const pair = { source_lang: codeOf(source, sources), target_lang: codeOf(target, targets) }
      const answers: string[] = []
      for (const batch of batches(texts)) {
        const body = JSON.stringify({
          text: batch,
          ...pair,
          preserve_formatting: true,
          tag_handling: 'xml',
          tag_handling_version: 'v2',
          non_splitting_tags: ['x'],
        })
        const translated = read(await patiently(() => post(body)))
        if (translated.length !== batch.length) {
          throw new UnusableAnswer(`DeepL answered with ${translated.length} texts where ${batch.length} were sent.`)
        }
        answers.push(...translated)
      }
      return answers
    },
  }

  async function post(body: string): Promise<Answer> {
    try {
      const response = await fetch(`${origin}/v2/translate`, {
        method: 'POST',
        headers: { Authorization: `DeepL-Auth-Key ${key}`, 'Content-Type': 'application/json' },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeout),
      })
      return { status: response.status, retryAfter: response.headers.get('Retry-After'), body: await response.text() }
    } catch (error) {
      return isTimeout(error) ? `gave no answer within ${timeout / 1000} seconds` : 'cannot be reached'
    }
  }

  /** Asks again where that may help, until it does or has been done often enough. Refusals are thrown in words for the operator. */
  async function patiently(ask: () => Promise<Answer>): Promise<string> {
    for (let tries = 1; ; tries += 1) {
      const answer = await ask()
      if (typeof answer !== 'string' && answer.status === 200) return answer.body
      if (typeof answer !== 'string' && !isPassing(answer.status)) throw refusal(answer)
      const told = typeof answer === 'string' ? answer : `answered ${answer.status}`
      const asked = typeof answer === 'string' ? undefined : retryAfterOf(answer.retryAfter, new Date())
      if (asked !== undefined && asked > waitMax) {
        throw new TranslatorUnavailable(`DeepL ${told} and wants to be left alone for ${Math.ceil(asked / 1000)} seconds.`)
      }
      if (tries === triesMax) throw new TranslatorUnavailable(`DeepL ${told}, and so it did ${triesMax} times.`)
      await wait(asked ?? 1000 * 2 ** (tries - 1) * (0.8 + 0.4 * Math.random()))
    }
  }

  function refusal({ status, body }: Exclude<Answer, string>): Error {
    if (status === 401 || status === 403) {
      return new TranslatorUnavailable(
        `DeepL refuses the key (TRANSLATOR_KEY) at ${origin}. Keys that end in :fx belong to https://api-free.deepl.com, others to https://api.deepl.com (TRANSLATOR_URL).`,
      )
    }
    if (status === 456) return new TranslatorUnavailable('DeepL has translated as much as this key’s quota allows.')
    const told = `DeepL answered ${status}${said(body)}`
    return status === 400 || status === 413
      ? new UnusableAnswer(`${told}.`)
      : new TranslatorUnavailable(`${told}. Is ${origin} its address (TRANSLATOR_URL)?`)
  }

  /** What an error says of itself, in so far as it is fit to be shown. */
  function said(body: string): string {
    const { data } = errorSchema.safeParse(parsed(body))
    return data ? `: ${data.message.replaceAll(key, '…').slice(0, 200)}` : ''
  }
}

/** What came of a request: an answer, or why there is none. */
type Answer = { readonly status: number; readonly retryAfter: string | null; readonly body: string } | string

const answerSchema = z.object({ translations: z.array(z.object({ text: z.string() })) })
const errorSchema = z.object({ message: z.string() })

function read(body: string): readonly string[] {
  const { data } = answerSchema.safeParse(parsed(body))
  if (!data) throw new UnusableAnswer('DeepL answered with something else than translations.')
  return data.translations.map(({ text }) => text)
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

const isPassing = (status: number) => status === 429 || status >= 500
const isTimeout = (error: unknown) => error instanceof Error && error.name === 'TimeoutError'
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds))

/** A locale by DeepL's code: that of its variant where it has one, or of its language. */
function codeOf(locale: Locale, codes: readonly string[]): string {
  const { language, script, region } = new Intl.Locale(locale).maximize()
  const code = [`${language}-${region}`, `${language}-${script}`, language]
    .map((each) => each.toUpperCase())
    .find((each) => codes.includes(each))
  if (code === undefined) throw new UnusableAnswer(`DeepL does not translate texts with markup into or from ${locale}.`)
  return code
}

function* batches(texts: readonly string[]): Generator<readonly string[]> {
  let batch: string[] = []
  let bytes = 0
  for (const text of texts) {
    const size = new TextEncoder().encode(JSON.stringify(text)).length + 1
    if (batch.length === textsMax || (batch.length > 0 && bytes + size > bytesMax)) {
      yield batch
      batch = []
      bytes = 0
    }
    batch.push(text)
    bytes += size
  }
  if (batch.length > 0) yield batch
}
