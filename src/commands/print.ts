import { defineCommand } from 'citty'
import { printWaiting } from '../editions/press'
import { asJson, say, where, withSite } from './open'

/** Prints what waits to be printed. */
export const printCommand = defineCommand({
  meta: { name: 'print', description: 'Print what is due and what was printed with other words than today’s' },
  args: { ...where, ...asJson },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      let printed = 0
      for (let count = -1; count !== 0; printed += count) count = await printWaiting(site, 50)
      say(args.json ? JSON.stringify({ printed }) : `Printed ${printed} briefings.`)
    }),
})
