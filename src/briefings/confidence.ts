import type { Settings, SiteGrade } from '../settings/settings'
import type { Briefing } from './briefing'

/** The score as it is shown and graded: rounded half up to two places, so that 0.895 is 0.90. Throws if it is no number from 0 to 1. */
export function rounded(score: number): number {
  if (!(score >= 0 && score <= 1)) throw new RangeError(`A confidence is a number from 0 to 1, not ${score}.`)
  return Math.round(Number((score * 100).toFixed(6))) / 100
}

/** What a site decides of confidence: its table of grades, or none. */
export type Grading = Pick<Settings, 'confidence'>

/** A confidence as readers are shown it: the score, and the id of its grade. */
export interface Graded {
  readonly confidence: number
  readonly grade: string
}

/** The grade of a score; `undefined`: it is below the lowest. Throws if it is no number from 0 to 1. */
export const gradeOf = (score: number, grades: readonly SiteGrade[]): SiteGrade | undefined =>
  grades.find(({ from }) => rounded(score) >= from)

/** The confidence of a briefing for readers. Nothing, if it has none, or if the site states none. */
export function gradedIn({ confidence }: Pick<Briefing, 'confidence'>, settings: Grading): Graded | Record<never, never> {
  const grade = confidence === undefined ? undefined : gradeOf(confidence, settings.confidence?.grades ?? [])
  return grade && confidence !== undefined ? { confidence: rounded(confidence), grade: grade.id } : {}
}

/** Whether a briefing may be printed for readers. Below the lowest grade of the site it is for internal monitoring. */
export const isForReaders = ({ confidence }: Pick<Briefing, 'confidence'>, settings: Grading): boolean =>
  confidence === undefined || settings.confidence === undefined || gradeOf(confidence, settings.confidence.grades) !== undefined

/** The scores of each grade, from the highest, as they are shown: from which to which. */
export const rangesOf = (grades: readonly SiteGrade[]): readonly (SiteGrade & { readonly to: number })[] =>
  grades.map((grade, index) => ({ ...grade, to: index === 0 ? 1 : rounded((grades[index - 1]?.from ?? 1) - 0.01) }))
