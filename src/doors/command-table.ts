import type { Group } from './command'
import { auditCommand } from './commands/audit'
import { backupCommand } from './commands/backup'
import { changesCommand } from './commands/changes'
import { checkCommand } from './commands/check'
import { commentsCommand } from './commands/comments'
import { confirmCommand } from './commands/confirm'
import { draftCommand } from './commands/draft'
import { exportCommand } from './commands/export'
import { importCommand } from './commands/import'
import { initCommand } from './commands/init'
import { loadCommand } from './commands/load'
import { mailCommand } from './commands/mail'
import { markCommand } from './commands/mark'
import { migrateCommand } from './commands/migrate'
import { newsletterCommand } from './commands/newsletter'
import { peopleCommand } from './commands/people'
import { printCommand } from './commands/print'
import { publishCommand, takeBackCommand, withdrawCommand } from './commands/publish'
import { pullCommand } from './commands/pull'
import { pushCommand } from './commands/push'
import { releasesCommand } from './commands/releases'
import { removeCommand } from './commands/remove'
import { reportsCommand } from './commands/reports'
import { statusCommand } from './commands/status'
import { webhooksCommand } from './commands/webhooks'

/** The command line, whole. */
export const program: Group = {
  name: 'vernacular',
  about: 'Publish briefings in English and show them in many languages',
  commands: [
    initCommand,
    loadCommand,
    checkCommand,
    statusCommand,
    changesCommand,
    exportCommand,
    importCommand,
    pullCommand,
    pushCommand,
    confirmCommand,
    markCommand,
    draftCommand,
    publishCommand,
    withdrawCommand,
    takeBackCommand,
    removeCommand,
    releasesCommand,
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
