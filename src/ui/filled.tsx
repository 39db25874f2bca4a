import type { Child } from 'hono/jsx'
import type { MessageKey, Words } from '../language/catalog'

interface Filled {
  readonly words: Words
  readonly message: MessageKey
  /** What stands in each of its places. */
  readonly values: Readonly<Record<string, Child>>
}

/** No text has this character, so it shows where in a message an element belongs. */
const mark = '\u0000'

/** A message that is filled in with elements, such as links. The catalog says what stands between them. */
export const Filled = ({ words, message, values }: Filled) => {
  const marked = Object.keys(values).map((name) => [name, mark + name + mark] as const)
  const pieces = words.t(message, Object.fromEntries(marked)).split(mark)
  return <>{pieces.map((piece, place) => (place % 2 === 0 ? piece : values[piece]))}</>
}
