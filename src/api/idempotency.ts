import { hexOf } from '../language/hex'
import type { AccessToken } from '../members/token'
import { Refusal } from '../problem'
import type { LiveSite } from '../site'
import type { Reply } from './call'
import { giveBack, keepAnswer, takeKey } from './store'

/** The key by which a request that is sent again is known (draft-ietf-httpapi-idempotency-key-header), or `undefined`. */
export function keyIn(request: Request): string | undefined {
  const typed = request.headers.get('Idempotency-Key')
  if (typed === null) return undefined
  const key = typed.trim().replace(/^"(.*)"$/, '$1')
  if (/^[\x21-\x7e]{1,100}$/.test(key)) return key
  throw new Refusal('api.key', {}, { kind: 'invalid' })
}

/** How long an answer may be that is kept, in characters. */
const keptMost = 64_000

/** Names a request by all that decides what it does: two are the same where this is. */
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
 * Does what a request asks once, however often it is sent under its key: whoever sends it again is answered what it was answered.
 * Refuses a key that another request was sent under, and one whose request is still being worked on. What was refused may be sent again.
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
    // Too long an answer is not kept: what is sent again then is done again, which finds it done.
    await (body.length > keptMost ? giveBack(database, sent) : keepAnswer(database, sent, { status, headers, body }))
    return reply
  } catch (error) {
    await giveBack(database, sent)
    throw error
  }
}
