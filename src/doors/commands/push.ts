import { defineCommand } from 'citty'
import { push } from '../../remote/sync'
import { root } from '../checkout'
import { folderAt } from './files'
import { asJson } from './open'
import { elsewhere, tellCarried, withRemote } from './remote'

/** Sends what was edited since it was pulled to the site that it is from; leaves with an error where not all of it was taken in. */
export const pushCommand = defineCommand({
  meta: { name: 'push', description: 'Send the translations that you edited since you pulled them. Overwrites nobody else’s' },
  args: {
    folder: { type: 'positional', required: false, description: 'The folder that was pulled into (default: this checkout)' },
    ...elsewhere,
    remote: { ...elsewhere.remote, required: true },
    ...asJson,
  },
  run: ({ args }) =>
    withRemote(args, '--locale es --write', (client) =>
      tellCarried(push(client, folderAt(args.folder ?? root)), args.json === true),
    ),
})
