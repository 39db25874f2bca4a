import { printAllWaiting } from '../../printing/print-briefing'
import { command } from '../command'
import { asJson, say } from '../report'
import { where, withSite } from './open'

/** Prints what waits to be printed. */
export const printCommand = command({
  name: 'print',
  about: 'Print what is due and what was printed with other words than today’s',
  options: where,
  example: '',
  run: (given) =>
    withSite(given.edge, async (site) => {
      const printed = await printAllWaiting(site, 50, async () => {})
      say(given.json ? asJson({ printed }) : `Printed ${printed} briefings.`)
    }),
})
