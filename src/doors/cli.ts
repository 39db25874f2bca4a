import { defineCommand, runCommand, runMain } from 'citty'
import { auditCommand } from './commands/audit'
import { backupCommand } from './commands/backup'
import { changesCommand } from './commands/changes'
import { checkCommand } from './commands/check'
import { commentsCommand } from './commands/comments'
import { confirmCommand } from './commands/confirm'
import { draftCommand } from './commands/draft'
import { exportCommand } from './commands/export'
import { importCommand } from './commands/import'
import { loadCommand } from './commands/load'
import { mailCommand } from './commands/mail'
import { migrateCommand } from './commands/migrate'
import { newsletterCommand } from './commands/newsletter'
import { peopleCommand } from './commands/people'
import { printCommand } from './commands/print'
import { pullCommand } from './commands/pull'
import { pushCommand } from './commands/push'
import { reportsCommand } from './commands/reports'
import { statusCommand } from './commands/status'
import { webhooksCommand } from './commands/webhooks'

const main = defineCommand({
  meta: { name: 'vernacular', description: 'Briefings once in English, honestly in every language' },
  subCommands: {
    migrate: migrateCommand,
    load: loadCommand,
    check: checkCommand,
    print: printCommand,
    export: exportCommand,
    import: importCommand,
    pull: pullCommand,
    push: pushCommand,
    changes: changesCommand,
    confirm: confirmCommand,
    draft: draftCommand,
    status: statusCommand,
    mail: mailCommand,
    newsletter: newsletterCommand,
    reports: reportsCommand,
    comments: commentsCommand,
    backup: backupCommand,
    people: peopleCommand,
    audit: auditCommand,
    webhooks: webhooksCommand,
  },
})

const words = process.argv.slice(2)
if (words.length === 0 || words.includes('--help') || words.includes('-h')) await runMain(main)
else await runCommand(main, { rawArgs: words }).catch(refuse)

/** A refusal is told in its own words; what nobody foresaw, with where it came from. */
function refuse(error: unknown) {
  const isForeseen = error instanceof Error && !(error instanceof TypeError || error instanceof RangeError)
  process.stderr.write(`${isForeseen ? error.message : error instanceof Error ? error.stack : String(error)}\n`)
  process.exitCode = 1
}
