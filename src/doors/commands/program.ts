import type { Group } from '../command'
import { auditCommand } from './audit'
import { backupCommand } from './backup'
import { changesCommand } from './changes'
import { checkCommand } from './check'
import { commentsCommand } from './comments'
import { confirmCommand } from './confirm'
import { draftCommand } from './draft'
import { exportCommand } from './export'
import { importCommand } from './import'
import { loadCommand } from './load'
import { mailCommand } from './mail'
import { migrateCommand } from './migrate'
import { newsletterCommand } from './newsletter'
import { peopleCommand } from './people'
import { printCommand } from './print'
import { pullCommand } from './pull'
import { pushCommand } from './push'
import { reportsCommand } from './reports'
import { statusCommand } from './status'
import { webhooksCommand } from './webhooks'

/** The command line, whole. */
export const program: Group = {
  name: 'vernacular',
  about: 'Briefings once in English, honestly in every language',
  commands: [
    loadCommand,
    checkCommand,
    statusCommand,
    changesCommand,
    exportCommand,
    importCommand,
    pullCommand,
    pushCommand,
    confirmCommand,
    draftCommand,
    printCommand,
    peopleCommand,
    reportsCommand,
    commentsCommand,
    newsletterCommand,
    mailCommand,
    webhooksCommand,
    auditCommand,
    backupCommand,
    migrateCommand,
  ],
}
