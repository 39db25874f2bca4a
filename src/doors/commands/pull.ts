import { canonical } from '../../language/locale'
import { Refusal } from '../../problem'
import { pull } from '../../remote/sync'
import { root } from '../checkout'
import { command } from '../command'
import { folderAt } from './files'
import { elsewhere, reportSync, throughRemote } from './remote'

/** Brings the translations of a deployed site into a folder. Exits with an error if one was left alone because it was edited here. */
export const pullCommand = command({
  name: 'pull',
  about:
    'Fetch the translations of a deployed site into a folder, as locales/<tag>/briefings. Does not touch files that you edited',
  options: {
    locale: { type: 'text', multiple: true, about: 'A language, such as es (default: all languages of the token)' },
    remote: { ...elsewhere.remote, required: true },
  },
  positionals: { folder: { about: 'The folder (default: this checkout)' } },
  example: 'desk --locale pl --remote https://briefings.example',
  run: (given) => {
    const named = localesIn(given.locale)
    const reach = named.length === 0 ? '--locale es' : named.map((tag) => `--locale ${tag}`).join(' ')
    const pulled = throughRemote(given, reach, (client) => pull(client, folderAt(given.folder ?? root), named))
    return reportSync(pulled, given)
  },
})

/** The languages named, each `--locale` one. */
function localesIn(named: readonly string[]): readonly string[] {
  const unknown = named.find((tag) => canonical(tag) !== tag)
  if (unknown !== undefined) throw new Refusal('locale.unwritten', { locale: unknown })
  return named
}
