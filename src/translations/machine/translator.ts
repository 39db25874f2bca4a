import type { Locale } from '../../language/locale'
import { Refusal } from '../../problem'

/** A machine that translates. */
export interface Translator {
  /** As people know it; kept with each text that it drafted. */
  readonly name: string
  /**
   * Translates texts, and answers with as many in the same order. They are XML without a root: words, and elements
   * `<x id="1">…</x>` or `<x id="1"/>` without a meaning of their own, each of which belongs once into the translation.
   * Throws a Refusal, which tells no key: `unavailable` where it does no work at all for now, whatever the text; any other where nothing
   * of its answers to these texts is used, and others may fare better.
   */
  translate(texts: readonly string[], source: Locale, target: Locale): Promise<readonly string[]>
}

/** Whether an error says that a translator does no work for now. */
export const isUnavailable = (error: unknown) => error instanceof Refusal && error.kind === 'unavailable'
