import { defineCommand, runMain } from 'citty'
import { backupCommand } from './commands/backup'
import { checkCommand } from './commands/check'
import { exportCommand } from './commands/export'
import { importCommand } from './commands/import'
import { loadCommand } from './commands/load'
import { migrateCommand } from './commands/migrate'
import { printCommand } from './commands/print'
import { statusCommand } from './commands/status'

void runMain(
  defineCommand({
    meta: { name: 'vernacular', description: 'Briefings once in English, honestly in every language' },
    subCommands: {
      migrate: migrateCommand,
      load: loadCommand,
      check: checkCommand,
      print: printCommand,
      export: exportCommand,
      import: importCommand,
      status: statusCommand,
      backup: backupCommand,
    },
  }),
)
