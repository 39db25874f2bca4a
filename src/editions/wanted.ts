import type { Text } from './reading'

/** A briefing that readers of a locale were shown in another language, and still are. */
export interface Wanted {
  readonly briefingId: string
  readonly slug: string
  /** In the language in which readers are shown it. */
  readonly title: Text
  readonly views: number
}
