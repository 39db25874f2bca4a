import { type Group, isGroup, type Leaf } from '../../src/doors/command'
import { program } from '../../src/doors/command-table'

/** A command that does something, with the words that it is given with. */
type Given = readonly [path: string, command: Leaf]

const given = ({ commands }: Group, before: readonly string[]): readonly Given[] =>
  commands.flatMap((each) => {
    const words = [...before, each.name]
    return isGroup(each) ? given(each, words) : [[words.join(' '), each] as const]
  })

/** Every command that does something. */
export const allCommands = given(program, [])
