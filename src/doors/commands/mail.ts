import type { Locale } from '../../language/locale'
import { aMail, newsGoodFor, type UnsentMail } from '../../mail/mail'
import { listUnsent, writesToQueue } from '../../mail/store'
import { Refusal } from '../../problem'
import type { LiveSite } from '../../site'
import { letter } from '../../ui/letter'
import { command } from '../command'
import { asJson, say } from '../report'
import { addressIn, localeOf, where, withSite } from './open'

const listedMax = 100

/** Lists the emails that were not sent, or queues a test email. */
export const mailCommand = command({
  name: 'mail',
  about: 'List the emails that are not sent, and why; or send a test email to an address',
  options: {
    locale: { type: 'text', about: 'The language of the test email (default: the source language)' },
    ...where,
  },
  positionals: { address: { about: 'Where to send a test email' } },
  example: 'ada@example.org --locale es',
  run: (given) => {
    if (given.address === undefined && given.locale !== undefined)
      throw new Refusal('option.needs', { option: '--locale', needed: '<address>' })
    return withSite(given.edge, async (site) => {
      if (given.address === undefined) {
        const mails = await listUnsent(site.database, listedMax)
        say(given.json ? asJson(mails.map(shown)) : mails.map(inOneLine).join('\n') || 'Every email has been sent.')
        return
      }
      const id = await queueTrial(site, given.address, given.locale ?? site.locales.source)
      say(given.json ? asJson({ id }) : `Queued the test email ${id}. The running site will send it.`)
    })
  },
})

async function queueTrial(site: LiveSite, typed: string, locale: Locale): Promise<string> {
  const address = addressIn(typed)
  const words = site.speak(localeOf(site, locale))
  const { t } = words
  const trial = letter(site, words, {
    subject: t('mail.trial.subject', { site: site.config.siteName }),
    paragraphs: [t('mail.trial.text', { site: site.config.siteName })],
    action: { label: t('mail.trial.action'), href: `/${locale}/` },
    closing: t('mail.trial.closing'),
  })
  const mail = aMail(address, trial)
  await site.database.atomically(writesToQueue(site.database, mail, site.now(), newsGoodFor.day))
  return mail.id
}

/** An email as it is listed: everything but its texts. */
const shown = ({ id, to, locale, subject, queuedAt, refusals, error, isGivenUp }: UnsentMail) => ({
  id,
  to,
  locale,
  subject,
  queuedAt,
  refusals,
  error,
  isGivenUp,
})

const inOneLine = ({ id, to, queuedAt, refusals, error, isGivenUp }: UnsentMail) =>
  `${id}  ${queuedAt}  ${isGivenUp ? 'given up' : 'waiting'}  ${refusals} refused  ${to}${error === null ? '' : `  ${error}`}`
