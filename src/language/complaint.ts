import type english from '../../locales/en/newsroom.json'

/** The keys of the newsroom’s catalog (`locales/<tag>/newsroom.json`), without the notes to translators, which begin with `@`. */
export type NewsroomKey = Exclude<keyof typeof english, `@${string}`>

/** What a message is filled in with: words, a number, a complaint within a complaint, or several of them. */
export type Value = string | number | Complaint | Several

/** Several things: a list (“a, b, and c”), a choice (“a, b, or c”), or complaints, each on a line of its own. */
type Several = readonly (string | Complaint)[] | { readonly oneOf: readonly string[] } | { readonly lines: readonly Complaint[] }

/** What is wrong, as a key of the newsroom’s catalog with values. It is put into words at the edge (`newsroom.ts`). */
export interface Complaint {
  readonly code: NewsroomKey
  readonly values: Readonly<Record<string, Value>>
}

/** Makes a complaint. Callers write its code and the names of its values as literals, so that a test can compare them with the catalog. */
export const complaint = (code: NewsroomKey, values: Complaint['values'] = {}): Complaint => ({ code, values })

/** A text within a sentence, in the quotation marks of the language. */
export const quoted = (text: string): Complaint => complaint('list.quoted', { text })
