/** One line of the table. */
export interface Finding {
  readonly measure: string
  readonly result: string
  readonly goal?: string
  /** Absent where there is no goal, or where it could not be measured. */
  readonly isMet?: boolean
  readonly note?: string
}

/** The findings as a Markdown table. */
export function tableOf(findings: readonly Finding[]): string {
  const rows = findings.map(({ measure, result, goal = '', isMet, note = '' }) => [measure, result, goal, verdict(isMet), note])
  return [['Measure', 'Result', 'Goal', '', 'Note'], Array(5).fill('---'), ...rows]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n')
}

/** Which goals are not met, in a sentence. */
export function missed(findings: readonly Finding[]): string {
  const misses = findings
    .filter(({ isMet }) => isMet === false)
    .map(({ measure, result, goal }) => `${measure} (${result}; ${goal})`)
  return misses.length === 0 ? 'Every goal is met.' : `Goals that are not met: ${misses.join(' · ')}.`
}

const verdict = (isMet: boolean | undefined) => (isMet === undefined ? '' : isMet ? 'met' : '**not met**')

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

/** An amount that should be at most a limit. */
export const amountFinding = (measure: string, amount: number, unit: string, most: number, note?: string): Finding => ({
  measure,
  result: `${amount.toFixed(0)} ${unit}`,
  goal: `≤ ${most} ${unit}`,
  isMet: amount <= most,
  ...(note === undefined ? {} : { note }),
})

/** A ratio that should be at least, or at most, a limit. */
export function ratioFinding(measure: string, ratio: number, goal: { least?: number; most?: number }, note?: string): Finding {
  const { least, most } = goal
  return {
    measure,
    result: ratio.toFixed(2),
    ...(least !== undefined ? { goal: `≥ ${least}`, isMet: ratio >= least } : {}),
    ...(most !== undefined ? { goal: `≤ ${most}`, isMet: ratio <= most } : {}),
    ...(note !== undefined ? { note } : {}),
  }
}
