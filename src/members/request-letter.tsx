import type { Words } from '../language/catalog'
import type { Site } from '../site'
import type { Letter } from '../ui/letter'
import { letter } from '../ui/letter'
import type { Decision } from './membership'

/** The letter that informs a person of the decision on their request. */
export function decisionLetter(site: Site, words: Words, decision: Decision): Letter {
  const named = { site: site.config.siteName }
  const { t } = words
  return decision === 'granted'
    ? letter(site, words, {
        subject: t('mail.request.granted.subject', named),
        paragraphs: [t('mail.request.granted.text', named)],
        action: { label: t('mail.trial.action'), href: `${site.config.origin}/${words.locale}/` },
      })
    : letter(site, words, {
        subject: t('mail.request.refused.subject', named),
        paragraphs: [t('mail.request.refused.text', named)],
      })
}
