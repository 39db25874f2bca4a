import { defineCommand } from 'citty'
import { readContentFiles } from '../content'
import { loadAll } from '../load'
import { asJson, fromFolder, progress, root, say, where, withSite } from './open'

/** Loads the content of a folder. */
export const loadCommand = defineCommand({
  meta: {
    name: 'load',
    description: 'Load db/briefings and locales/*/briefings, and print what changed. Looks at everything first; repeatable',
  },
  args: {
    ...where,
    ...asJson,
    ...fromFolder,
  },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const receipts = await loadAll(
        site,
        readContentFiles(args.from ?? root),
        args.json ? undefined : ({ slug, outcome }, done, all) => progress(`${done}/${all} ${slug}: ${outcome}`, done === all),
      )
      const counts = { new: 0, changed: 0, unchanged: 0 }
      for (const { outcome } of receipts) counts[outcome] += 1
      for (const { slug, behind } of receipts) {
        for (const locale of behind)
          process.stderr.write(`${slug}: the store has moved on from the file in ${locale}; export it again.\n`)
      }
      if (args.json) say(JSON.stringify({ ...counts, briefings: receipts }))
      else say(`${receipts.length} briefings: ${counts.new} new, ${counts.changed} changed, ${counts.unchanged} unchanged.`)
    }),
})
