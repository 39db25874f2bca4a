import { defineCommand } from 'citty'
import { canonical } from '../../language/locale'
import { visibleLine } from '../../language/text'
import { pull } from '../../remote/sync'
import { root } from '../checkout'
import { folderAt } from './files'
import { asJson, everyNamed } from './open'
import { elsewhere, tellCarried, withRemote } from './remote'

/** Brings the translations of a deployed site into a folder; leaves with an error where one was left that was edited here. */
export const pullCommand = defineCommand({
  meta: {
    name: 'pull',
    description:
      'Bring the translations of a deployed site into a folder, as locales/<tag>/briefings. Leaves alone what you edited',
  },
  args: {
    folder: { type: 'positional', required: false, description: 'The folder (default: this checkout)' },
    locale: {
      type: 'string',
      description: 'A language, such as es; say it again for another (default: all that the token reaches)',
    },
    ...elsewhere,
    remote: { ...elsewhere.remote, required: true },
    ...asJson,
  },
  run: ({ args, rawArgs }) => {
    const named = localesIn(rawArgs)
    const reach = named.length === 0 ? '--locale es' : named.map((tag) => `--locale ${tag}`).join(' ')
    return withRemote(args, reach, (client) =>
      tellCarried(pull(client, folderAt(args.folder ?? root), named), args.json === true),
    )
  },
})

/** The languages named, each `--locale` one. */
function localesIn(rawArgs: readonly string[]): readonly string[] {
  const named = everyNamed(rawArgs, 'locale')
  const unknown = named.find((tag) => canonical(tag) !== tag)
  if (unknown !== undefined)
    throw new Error(`${visibleLine(unknown)} is not written as a language is: expected one such as pt-BR.`)
  return named
}
