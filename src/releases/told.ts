import type { Complaint } from '../language/complaint'
import { explain } from '../language/newsroom'
import type { Release, ReleaseItem } from './release'

/** A release as programs and commands are told of it. */
export interface ToldRelease extends Pick<Release, 'id' | 'name' | 'state' | 'dueAt' | 'madeAt' | 'endedAt' | 'why'> {
  /** Who scheduled it. */
  readonly by: string
  readonly items: readonly Pick<ReleaseItem, 'locale' | 'act' | 'revision'>[]
  readonly reasons: readonly { readonly reason: string; readonly complaint: Complaint }[]
}

/** What is told of a release, with its reasons in English. */
export const told = (release: Release, by: string = release.actor): ToldRelease => {
  const { id, name, state, dueAt, madeAt, endedAt, why, items, reasons } = release
  return {
    ...{ id, name, state, dueAt, madeAt, by, endedAt, why },
    items: items.map(({ locale, act, revision }) => ({ locale, act, revision })),
    reasons: reasons.map((complaint) => ({ reason: explain(complaint), complaint })),
  }
}
