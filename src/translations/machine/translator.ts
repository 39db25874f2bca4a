import type { Locale } from '../../language/locale'

/** A machine that translates. */
export interface Translator {
  /** As people know it; kept with each text that it drafted. */
  readonly name: string
  /**
   * Translates texts, and answers with as many in the same order. They are XML without a root: words, and elements
   * `<x id="1">…</x>` or `<x id="1"/>` without a meaning of their own, each of which belongs once into the translation.
   * Throws UnusableAnswer or TranslatorUnavailable; neither tells a key.
   */
  translate(texts: readonly string[], source: Locale, target: Locale): Promise<readonly string[]>
}

/** Why nothing that a translator answered to these texts is used, in words for the operator. Others may fare better. */
export class UnusableAnswer extends Error {}

/** Why a translator does no work at all for now, whatever the text, in words for the operator. */
export class TranslatorUnavailable extends Error {}
