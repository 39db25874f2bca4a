import { defineCommand } from 'citty'
import { printAllWaiting } from '../../printing/print-briefing'
import { asJson, say, where, withSite } from './open'

/** Prints what waits to be printed. */
export const printCommand = defineCommand({
  meta: { name: 'print', description: 'Print what is due and what was printed with other words than today’s' },
  args: { ...where, ...asJson },
  run: ({ args }) =>
    withSite(args.edge as string | undefined, async (site) => {
      const printed = await printAllWaiting(site, 50, async () => {})
      say(args.json ? JSON.stringify({ printed }) : `Printed ${printed} briefings.`)
    }),
})
