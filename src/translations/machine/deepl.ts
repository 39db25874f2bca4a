import * as z from 'zod'
import { type Complaint, complaint } from '../../language/complaint'
import type { Locale } from '../../language/locale'
import { Refusal } from '../../problem'
import { retryAfterOf } from '../../retry/retry-after'
import type { Translator } from './translator'

const name = 'DeepL'
const unavailable = { kind: 'unavailable' } as const

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
    name,
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
          throw new Refusal('translator.count', { translator: name, answered: translated.length, sent: batch.length })
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
      return isTimeout(error)
        ? complaint('translator.timeout', { translator: name, seconds: timeout / 1000 })
        : complaint('translator.unreached', { translator: name })
    }
  }

  /** Asks again where that may help, until it does or has been done often enough. Refusals are thrown in words for the operator. */
  async function patiently(ask: () => Promise<Answer>): Promise<string> {
    for (let tries = 1; ; tries += 1) {
      const answer = await ask()
      if ('body' in answer && answer.status === 200) return answer.body
      if ('body' in answer && !isPassing(answer.status)) throw refusal(answer)
      const problem = 'body' in answer ? complaint('translator.status', { translator: name, status: answer.status }) : answer
      const asked = 'body' in answer ? retryAfterOf(answer.retryAfter, new Date()) : undefined
      if (asked !== undefined && asked > waitMax) {
        throw new Refusal('translator.rest', { problem, translator: name, seconds: Math.ceil(asked / 1000) }, unavailable)
      }
      if (tries === triesMax) throw new Refusal('translator.tried', { problem, tries }, unavailable)
      await wait(asked ?? 1000 * 2 ** (tries - 1) * (0.8 + 0.4 * Math.random()))
    }
  }

  function refusal({ status, body }: Exclude<Answer, Complaint>): Refusal {
    if (status === 401 || status === 403) return new Refusal('deepl.key', { origin }, unavailable)
    if (status === 456) return new Refusal('deepl.quota', {}, unavailable)
    const said = messageIn(body)
    const isOfTheseTexts = status === 400 || status === 413
    const problem =
      said === undefined
        ? complaint('translator.status', { translator: name, status })
        : complaint('translator.said', { translator: name, status, said })
    if (isOfTheseTexts) return new Refusal(problem.code, problem.values)
    return new Refusal('translator.address', { problem, origin }, unavailable)
  }

  /** What an error says of itself, in so far as it is fit to be shown. */
  function messageIn(body: string): string | undefined {
    const { data } = errorSchema.safeParse(parsed(body))
    return data?.message.replaceAll(key, '…').slice(0, 200)
  }
}

/** What came of a request: an answer, or why there is none. */
type Answer = { readonly status: number; readonly retryAfter: string | null; readonly body: string } | Complaint

const answerSchema = z.object({ translations: z.array(z.object({ text: z.string() })) })
const errorSchema = z.object({ message: z.string() })

function read(body: string): readonly string[] {
  const { data } = answerSchema.safeParse(parsed(body))
  if (!data) throw new Refusal('translator.answer', { translator: name })
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
  if (code === undefined) throw new Refusal('deepl.language', { locale })
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
