import type english from '../../locales/en/newsroom.json'

/** The keys of the newsroom’s catalog (`locales/<tag>/newsroom.json`); those of notes to translators begin with `@`. */
export type NewsroomKey = Exclude<keyof typeof english, `@${string}`>

/** What a message is filled in with. A list is said as a list; a complaint within a complaint is said as its sentence. */
export type Value = string | number | Complaint | readonly (string | Complaint)[]

/** What is wrong, as a message of the newsroom’s catalog with the values that it names: the words are said at the edge (`newsroom.ts`). */
export interface Complaint {
  readonly code: NewsroomKey
  readonly values: Readonly<Record<string, Value>>
}

/** A complaint. Its code and the names of its values are written here as literals, so that a test can hold them to the catalog. */
export const complaint = (code: NewsroomKey, values: Complaint['values'] = {}): Complaint => ({ code, values })
