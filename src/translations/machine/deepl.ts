import * as z from 'zod'
import { type Complaint, complaint } from '../../language/complaint'
import { Refusal } from '../../problem'
import { backoff } from '../../retry/backoff'
import { retryAfterOf } from '../../retry/retry-after'
import { askedOf } from './deepl-texts'
import type { Translator } from './translator'

const name = 'DeepL'
const unavailable = { kind: 'unavailable' } as const

/** The most tries of a request, and the longest wait between two, in milliseconds. */
const triesMax = 4
const waitMax = 30_000

interface Pace {
  /** How long a request may take, in milliseconds. */
  readonly timeout: number
  readonly wait: (milliseconds: number) => Promise<void>
}

/** DeepL's HTTP API at an origin, such as https://api-free.deepl.com. The key goes nowhere but into the request's header. */
export function deepl(origin: string, key: string, pace: Partial<Pace> = {}): Translator {
  const account = { origin, key, timeout: 30_000, wait: pause, ...pace }
  return {
    name,
    async translate(texts, source, target) {
      const answers: string[] = []
      for (const { batch, body } of askedOf(texts, source, target)) {
        const translated = read(await patiently(account, body))
        if (translated.length !== batch.length) {
          throw new Refusal('translator.count', { translator: name, answered: translated.length, sent: batch.length })
        }
        answers.push(...translated)
      }
      return answers
    },
  }
}

/** Where requests go, and how they are authorised. */
interface Account extends Pace {
  readonly origin: string
  readonly key: string
}

/** What came of a request: an answer, or why there is none. */
type Answer = { readonly status: number; readonly retryAfter: string | null; readonly body: string } | Complaint

async function post({ origin, key, timeout }: Account, body: string): Promise<Answer> {
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

/** Tries a request again as long as that may help. Throws a Refusal for the operator. */
async function patiently(account: Account, body: string): Promise<string> {
  for (let tries = 1; ; tries += 1) {
    const answer = await post(account, body)
    if ('body' in answer && answer.status === 200) return answer.body
    if ('body' in answer && !isPassing(answer.status)) throw refusal(account, answer)
    const problem = 'body' in answer ? complaint('translator.status', { translator: name, status: answer.status }) : answer
    const asked = 'body' in answer ? retryAfterOf(answer.retryAfter, new Date()) : undefined
    if (asked !== undefined && asked > waitMax) {
      throw new Refusal('translator.rest', { problem, translator: name, seconds: Math.ceil(asked / 1000) }, unavailable)
    }
    if (tries === triesMax) throw new Refusal('translator.tried', { problem, tries }, unavailable)
    await account.wait(asked ?? backoff(tries))
  }
}

function refusal({ origin, key }: Account, { status, body }: Exclude<Answer, Complaint>): Refusal {
  if (status === 401 || status === 403) return new Refusal('deepl.key', { origin }, unavailable)
  if (status === 456) return new Refusal('deepl.quota', {}, unavailable)
  const said = messageIn(body, key)
  const isOfTheseTexts = status === 400 || status === 413
  const problem =
    said === undefined
      ? complaint('translator.status', { translator: name, status })
      : complaint('translator.said', { translator: name, status, said })
  if (isOfTheseTexts) return new Refusal(problem.code, problem.values)
  return new Refusal('translator.address', { problem, origin }, unavailable)
}

/** The part of an error message that may be shown. */
function messageIn(body: string, key: string): string | undefined {
  const { data } = errorSchema.safeParse(parsed(body))
  return data?.message.replaceAll(key, '…').slice(0, 200)
}

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
