import { unlessUnwritten } from '../delivery/write-failure'
import { hexOf } from '../language/hex'
import type { AccessToken } from '../members/token'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import type { Reply } from './call'
import { giveBack, keepAnswer, takeKey } from './store'

/** The idempotency key of a request (draft-ietf-httpapi-idempotency-key-header), or `undefined`. */
export function keyIn(request: Request): string | undefined {
  const typed = request.headers.get('Idempotency-Key')
  if (typed === null) return undefined
  const key = typed.trim().replace(/^"(.*)"$/, '$1')
  if (/^[\x21-\x7e]{1,100}$/.test(key)) return key
  throw new Refusal('api.key', {}, { kind: 'invalid' })
}

/** The longest answer that is kept, in characters. */
const keptMost = 64_000

/** A hash of all that decides what a request does. Two requests with the same hash are the same. */
export async function fingerprintOf(request: Request, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const { pathname, search } = new URL(request.url)
  const conditions = ['If-Match', 'If-None-Match'].map((name) => request.headers.get(name) ?? '')
  const said = new TextEncoder().encode(JSON.stringify([request.method, pathname, search, ...conditions]))
  const all = new Uint8Array(said.length + bytes.length)
  all.set(said)
  all.set(bytes, said.length)
  const digest = await crypto.subtle.digest('SHA-256', all)
  return hexOf(new Uint8Array(digest))
}

/**
 * Does the work of a request once, however often it is sent with its key. A repeated request gets the answer of the first. Refuses a key of
 * another request, and one whose request is still being worked on. A refused request may be sent again.
 */
export async function onceOnly(
  { database, now }: LiveSite,
  { id: tokenId }: AccessToken,
  key: string,
  request: string,
  work: () => Promise<Reply>,
): Promise<Reply> {
  const sent = { tokenId, key, request }
  const before = await takeKey(database, sent, now())
  if (before !== 'taken') {
    if (before.request !== request) throw new Refusal('api.key-used')
    if (!before.answered) throw new Refusal('api.key-busy', {}, { kind: 'conflict' })
    const { status, headers, body } = before.answered
    return { status, content: { text: body, type: headers['Content-Type'] ?? '' }, etag: headers['ETag'], isReplayed: true }
  }
  try {
    const reply = await work()
    if ('movedTo' in reply) return reply
    const { status, content, etag } = reply
    const headers = { 'Content-Type': content?.type ?? '', ...(etag === undefined ? {} : { ETag: etag }) }
    const body = content?.text ?? ''
    // A longer answer is not kept, nor bytes, with which no write is answered. A repeated request is then done again, and finds it done.
    const kept =
      typeof body !== 'string' || body.length > keptMost
        ? giveBack(database, sent)
        : keepAnswer(database, sent, { status, headers, body })
    await kept.catch(unlessUnwritten) // The request itself was done.
    return reply
  } catch (error) {
    await giveBack(database, sent).catch(unlessUnwritten)
    throw error
  }
}
