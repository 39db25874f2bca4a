import type { Client } from '../../remote/client'
import type { Folder } from '../../remote/folder'
import { pull, type SyncResult } from '../../remote/sync'
import { command } from '../command'
import { siteFolderIn } from '../site-folder'
import { folderAt } from './files'
import { targetOf } from './open'
import { elsewhere, localesThere, reportSync, throughRemote } from './remote'

/** Brings the translations of a deployed site into a folder. Exits with an error if one was left alone because it was edited here. */
export const pullCommand = command({
  name: 'pull',
  about:
    'Fetch the translations of a deployed site into a folder, as locales/<tag>/briefings. Does not touch files that you edited',
  options: {
    locale: { type: 'text', multiple: true, about: 'A language, such as es (default: all languages of the token)' },
    remote: { ...elsewhere.remote, required: true },
  },
  positionals: { folder: { about: 'The folder (default: the one of the site)' } },
  example: 'desk --locale pl --remote https://briefings.example',
  run: (given) => {
    const reach = given.locale.length === 0 ? '--locale es' : given.locale.map((tag) => `--locale ${tag}`).join(' ')
    const pulled = throughRemote(given, reach, (client) =>
      pullFrom(client, folderAt(given.folder ?? siteFolderIn(process.env)), given.locale),
    )
    return reportSync(pulled, given)
  },
})

async function* pullFrom(client: Client, folder: Folder, named: readonly string[]): AsyncGenerator<SyncResult> {
  const there = named.length === 0 ? undefined : await localesThere(client)
  yield* pull(client, folder, there ? named.map((each) => targetOf(there, each)) : [])
}
