import type { Locale } from '../../language/locale'
import { Refusal } from '../../problem'

/** A machine that translates. */
export interface Translator {
  /** Its name for people. Each text that it drafted keeps it. */
  readonly name: string
  /**
   * Translates texts, and returns as many in the same order. They are XML without a root: words, and elements `<x id="1">…</x>` or
   * `<x id="1"/>` without a meaning, each of which must occur once in the translation. Throws a Refusal, which never contains the key: of
   * the kind `unavailable` if the translator does not work for now, whatever the text; any other if it failed for these texts only.
   */
  translate(texts: readonly string[], source: Locale, target: Locale): Promise<readonly string[]>
}

/** Whether an error says that a translator does not work for now. */
export const isUnavailable = (error: unknown) => error instanceof Refusal && error.kind === 'unavailable'
