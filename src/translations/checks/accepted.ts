import * as z from 'zod'
import { type FileProblem, isProblems, readAs } from '../../briefings/files'
import { complaint } from '../../language/complaint'
import type { Locale } from '../../language/locale'
import { complain } from '../../language/schema'
import { flawIn } from '../../language/text'
import { type Finding, warningRules } from './finding'

const reason = z
  .string()
  .max(1000)
  .superRefine((text, context) => {
    const flaw = text.trim() === '' ? complaint('check.reason') : flawIn(text)
    if (flaw) complain(context, flaw)
  })

/** Segment, or key of a message → rule → why the warning of that rule is wrong there. Errors cannot be accepted. */
export const acceptedSchema = z.record(z.string().max(200), z.partialRecord(z.enum(warningRules), reason))

export type Accepted = z.infer<typeof acceptedSchema>

/** The findings that nobody accepted, and a finding for each acceptance that accepts nothing. */
export function settled(findings: readonly Finding[], accepted: Accepted = {}): readonly Finding[] {
  const acceptances = Object.entries(accepted).flatMap(([segment, reasons]) =>
    Object.keys(reasons).map((rule) => ({ segment, rule })),
  )
  const [found, settling] = [placesOf(findings), placesOf(acceptances)]
  const stale = acceptances
    .filter((acceptance) => !found.has(placeOf(acceptance)))
    .map(({ segment, rule }) => ({
      segment,
      rule: 'accepted' as const,
      severity: 'warning' as const,
      complaint: complaint('check.accepted', { rule }),
    }))
  return [...findings.filter((finding) => !settling.has(placeOf(finding))), ...stale]
}

interface Place {
  readonly segment: string
  readonly rule: string
}
const placeOf = ({ segment, rule }: Place) => `${rule} ${segment}`
const placesOf = (places: readonly Place[]) => new Set(places.map(placeOf))

/**
 * Reads `locales/<tag>/accepted.json`: what is accepted in the catalogs, which themselves have only messages. Returns it by locale, or every
 * problem in any file. Never throws.
 */
export function readAccepted(
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
): ReadonlyMap<Locale, Accepted> | readonly FileProblem[] {
  const problems: FileProblem[] = []
  const accepted = new Map<Locale, Accepted>()
  for (const { path, bytes } of files) {
    const read = readAs(acceptedSchema, path, bytes)
    if (isProblems(read)) problems.push(...read)
    else accepted.set(path.split('/').at(-2) ?? '', read)
  }
  return problems.length > 0 ? problems : accepted
}
