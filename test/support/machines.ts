import type { Translator } from '../../src/translations/machine/translator'

type Answer = (text: string, index: number) => string

export interface Machine extends Translator {
  /** Every text that it was sent. */
  readonly sent: string[]
  /** How often it was asked. */
  readonly asked: () => number
}

interface MachineOptions {
  readonly name?: string
  readonly answer?: Answer
  /** What it answers with, in place of an answer to each text. */
  readonly answers?: (texts: readonly string[]) => readonly string[]
  /** What happens while it works. */
  readonly meanwhile?: () => Promise<unknown>
}

/** A machine outside the house: it puts the language before each text, unless it is told to answer otherwise. */
export function aMachine({ name = 'Babel 1', answer, answers, meanwhile = async () => {} }: MachineOptions = {}): Machine {
  const sent: string[] = []
  let count = 0
  return {
    name,
    sent,
    asked: () => count,
    async translate(texts, _source, target) {
      count += 1
      sent.push(...texts)
      await meanwhile()
      return answers ? answers(texts) : texts.map(answer ?? ((text) => `${target} ${text}`))
    },
  }
}
