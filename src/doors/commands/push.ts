import { push } from '../../remote/sync'
import { root } from '../checkout'
import { command } from '../command'
import { folderAt } from './files'
import { trial } from './open'
import { elsewhere, tellCarried, throughRemote } from './remote'

/** Sends what was edited since it was pulled to the site that it is from; leaves with an error where not all of it was taken in. */
export const pushCommand = command({
  name: 'push',
  about: 'Send the translations that you edited since you pulled them. Overwrites nobody else’s',
  options: { ...trial, remote: { ...elsewhere.remote, required: true } },
  positionals: { folder: { about: 'The folder that was pulled into (default: this checkout)' } },
  example: 'desk --remote https://briefings.example',
  run: (given) =>
    tellCarried(
      throughRemote(given, '--locale es --write', (client) => push(client, folderAt(given.folder ?? root), given['dry-run'])),
      given.json,
    ),
})
