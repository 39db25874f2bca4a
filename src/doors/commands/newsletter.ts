import { visible } from '../../language/text'
import { findPrintBefore } from '../../newsletter/digest-store'
import { lastIssue, type Rhythm, rhythms } from '../../newsletter/newsletter'
import { makeDigest } from '../../newsletter/send-digests'
import { listCirculation } from '../../newsletter/store'
import { Refusal } from '../../problem'
import type { LiveSite } from '../../site'
import { command } from '../command'
import { asJson, say } from '../report'
import { localeOf, where, withSite } from './open'

/** Counts who gets the newsletter, or shows the next one. */
export const newsletterCommand = command({
  name: 'newsletter',
  about: 'Count who gets the newsletter, by language and frequency; or show the next digest in a language as it is now',
  options: {
    locale: { type: 'text', about: 'Show the next digest in this language' },
    rhythm: { type: 'text', of: rhythms, about: 'How often this digest is sent (default: daily)' },
    ...where,
  },
  example: '--locale pl --rhythm weekly',
  run: (given) => {
    if (given.locale === undefined && given.rhythm !== undefined)
      throw new Refusal('option.needs', { option: '--rhythm', needed: '--locale' })
    return withSite(given.edge, async (site) => {
      if (given.locale === undefined) {
        const all = await listCirculation(site.database)
        const lines = all.map(({ locale, rhythm, readers }) => `${locale.padEnd(7)}  ${rhythm.padEnd(6)}  ${readers}`)
        say(given.json ? asJson(all) : lines.join('\n') || 'Nobody gets the newsletter yet.')
        return
      }
      const next = await nextDigest(site, given.locale, given.rhythm ?? 'daily')
      if (given.json) say(asJson(next ?? null))
      else say(next ? visible(`${next.subject}\n\n${next.text}`).trimEnd() : 'There is nothing new since the last issue.')
    })
  },
})

/** The digest that readers of the last issue would get now. Its link to stop does not work. */
async function nextDigest(site: LiveSite, typed: string, rhythm: Rhythm) {
  const { database, config, now } = site
  const locale = localeOf(site, typed)
  const after = await findPrintBefore(database, lastIssue(rhythm, now(), config.digestHour).toISOString())
  const issue = new Date(now().getTime() + 1000).toISOString() // Includes what was printed in this second.
  const { letter } = await makeDigest(site, { locale, issue, after })
  if (!letter) return undefined
  const { subject, text } = letter('…')
  return { locale, rhythm, subject, text }
}
