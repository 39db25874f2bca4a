import { hexOf } from '../language/hex'
import type { Briefing } from './briefing'
import { segmentsOf } from './segments'

/** A short SHA-256 of a text in NFC: 128 bits in hexadecimal. The same on every runtime. */
export const hashOf = (text: string): Promise<string> => exactHashOf(text.normalize('NFC'))

/** The same of a text as it is, so that two that are the same in NFC have different hashes. */
export async function exactHashOf(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return hexOf(new Uint8Array(digest, 0, 16))
}

/** Segment id → hash of its English. */
export async function hashesOf(briefing: Briefing): Promise<Record<string, string>> {
  return Object.fromEntries(
    await Promise.all(segmentsOf(briefing).map(async ({ id, text }) => [id, await hashOf(text)] as const)),
  )
}
