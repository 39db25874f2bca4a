/** A grade of confidence: its lowest score, its letters, and the key of its words in the catalog (`grade.<id>`). */
export const grades = [
  { id: 'a', letters: 'A', from: 0.9, to: 1 },
  { id: 'ab', letters: 'A/B', from: 0.75, to: 0.89 },
  { id: 'bc', letters: 'B/C', from: 0.55, to: 0.74 },
  { id: 'cd', letters: 'C/D', from: 0.35, to: 0.54 },
  { id: 'd', letters: 'D', from: 0.1, to: 0.34 },
  { id: 'internal', letters: 'D', from: 0, to: 0.09 },
] as const

export type Grade = (typeof grades)[number]

/** The score as it is shown and graded: rounded half up to two places, so that 0.895 is 0.90. */
export function rounded(score: number): number {
  return Math.round(Number((score * 100).toFixed(6))) / 100
}

/** The grade of a score from 0 to 1. Throws for any other number. */
export function gradeOf(score: number): Grade {
  const shown = rounded(score)
  const grade = score >= 0 && score <= 1 ? grades.find(({ from }) => shown >= from) : undefined
  if (!grade) throw new RangeError(`A confidence is a number from 0 to 1, not ${score}.`)
  return grade
}

/** Whether a briefing with this confidence may be printed for readers. */
export const isForReaders = (score: number) => gradeOf(score).id !== 'internal'
