import { push } from '../../remote/sync'
import { command } from '../command'
import { siteFolderIn } from '../site-folder'
import { folderAt } from './files'
import { publishing, trial } from './open'
import { elsewhere, reportSync, throughRemote, tokenFor } from './remote'

/** Sends files that were edited since they were pulled. Exits with an error if the site did not accept all of them. */
export const pushCommand = command({
  name: 'push',
  about: 'Send the translations that you have edited since you pulled them. Overwrites nobody else’s work',
  options: { ...publishing, ...trial, remote: { ...elsewhere.remote, required: true } },
  positionals: { folder: { about: 'The folder that you pulled into (default: the one of the site)' } },
  example: 'desk --remote https://briefings.example',
  run: (given) =>
    reportSync(
      throughRemote(given, tokenFor(given.publish), (client) =>
        push(client, folderAt(given.folder ?? siteFolderIn(process.env)), {
          isTrial: given['dry-run'],
          publishes: given.publish,
        }),
      ),
      given,
    ),
})
