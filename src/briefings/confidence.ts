/** The grades that readers meet: from which score to which, and the key of the words in the catalog (`grade.<id>`). */
export const grades = [
  { id: 'a', from: 0.9, to: 1 },
  { id: 'ab', from: 0.75, to: 0.89 },
  { id: 'bc', from: 0.55, to: 0.74 },
  { id: 'cd', from: 0.35, to: 0.54 },
  { id: 'd', from: 0.1, to: 0.34 },
] as const

export type Grade = (typeof grades)[number]

/** The score as it is shown and graded: rounded half up to two places, so that 0.895 is 0.90. Throws if it is no number from 0 to 1. */
export function rounded(score: number): number {
  if (!(score >= 0 && score <= 1)) throw new RangeError(`A confidence is a number from 0 to 1, not ${score}.`)
  return Math.round(Number((score * 100).toFixed(6))) / 100
}

const gradeAt = (score: number): Grade | undefined => grades.find(({ from }) => rounded(score) >= from)

/** The grade of a score that is for readers. Throws for any other. */
export function gradeOf(score: number): Grade {
  const grade = gradeAt(score)
  if (!grade) throw new RangeError(`A briefing with a confidence of ${score} is for internal monitoring and has no grade.`)
  return grade
}

/** Whether a briefing with this confidence may be printed for readers. Below the lowest grade it is for internal monitoring. */
export const isForReaders = (score: number | undefined) => score === undefined || gradeAt(score) !== undefined
