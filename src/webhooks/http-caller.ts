import { visibleLine } from '../language/text'
import { type Answer, type Caller, callWithin } from './delivery'

/** How much of an answer is read, in bytes, and how much of it is kept, in characters. */
const readMax = 4096
const lineMax = 200

/** Sends events over HTTP from the site with this origin. `within` is how long it waits for an answer, in milliseconds. */
export const httpCaller = (origin: string, within = callWithin): Caller => ({
  async call({ url, headers, body }) {
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { ...headers, 'Content-Type': 'application/json', 'User-Agent': `Vernacular-Webhooks (+${origin})` },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(within),
      })
      const retryAfter = response.headers.get('Retry-After')
      if (response.ok) {
        await response.body?.cancel()
        return { status: response.status, line: '', retryAfter }
      }
      const said = await beginningOf(response).catch(reasonOf) // The status counts, even if the rest of the answer breaks off.
      return { status: response.status, line: lineOf(said), retryAfter }
    } catch (error) {
      return { status: null, line: lineOf(reasonOf(error)), retryAfter: null } satisfies Answer
    }
  },
})

/** The first bytes of an answer, as text; the rest is not waited for. */
async function beginningOf({ body }: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let left = readMax
  const reader = body?.getReader()
  while (reader && left > 0) {
    const { done, value } = await reader.read()
    if (done) break
    text += decoder.decode(value.subarray(0, left), { stream: true })
    left -= value.length
  }
  await reader?.cancel()
  return text
}

const lineOf = (text: string) => visibleLine(text.trim().slice(0, lineMax)).slice(0, lineMax)

/** Why there is no answer: what the system says of it, without the address. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no answer in time'
  const { cause } = error
  if (!(cause instanceof Error)) return error.message
  return 'code' in cause ? String(cause.code) : cause.message
}
