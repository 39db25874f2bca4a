import { listWaiting, printAllWaiting } from '../../printing/print-waiting'
import { command } from '../command'
import { asJson, counted, say } from '../report'
import { trial, where, withSite } from './open'

/** Prints what waits to be printed. */
export const printCommand = command({
  name: 'print',
  about: 'Print what is due, and what was printed with words that have changed since',
  options: { ...trial, ...where },
  example: '--dry-run',
  run: (given) =>
    withSite(given.edge, async (site) => {
      if (given['dry-run']) {
        const { length: waiting } = await listWaiting(site, Number.MAX_SAFE_INTEGER)
        say(given.json ? asJson({ waiting }) : `Dry run: nothing was printed. Briefings waiting to be printed: ${waiting}.`)
        return
      }
      const printed = await printAllWaiting(site, 50, async () => {})
      say(given.json ? asJson({ printed }) : `Printed ${counted(printed, 'briefing')}.`)
    }),
})
