import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Refusal } from '../../problem'
import { command } from '../command'
import { asJson, say } from '../report'
import { nodeConfigOf, openGiven } from '../site-folder'
import { withFiles } from './files'
import { openFile } from './open'

/** Copies the whole database file while the site runs. Overwrites nothing. */
export const backupCommand = command({
  name: 'backup',
  about: 'Copy the database file while the site runs. Overwrites nothing',
  positionals: { to: { required: true, about: 'The file to write. It must not exist yet' } },
  example: 'backups/vernacular-2026-01-31.db',
  async run({ to, json }) {
    const { databasePath } = nodeConfigOf((await openGiven(process.env)).site, process.env)
    if (!existsSync(databasePath)) throw new Refusal('backup.no-database', { path: databasePath })
    const isTaken = () => existsSync(to)
    if (isTaken()) throw new Refusal('backup.taken', { path: to })
    if (!existsSync(dirname(to))) throw new Refusal('path.missing', { path: dirname(to) })
    const part = `${to}.part`
    withFiles(() => writeFileSync(part, ''))
    const database = openFile(databasePath)
    try {
      await database.file.backup(part)
      if (isTaken()) throw new Refusal('backup.taken', { path: to })
      renameSync(part, to)
    } finally {
      database.close()
      rmSync(part, { force: true })
    }
    say(json ? asJson({ to }) : `Copied the database to ${to}.`)
  },
})
