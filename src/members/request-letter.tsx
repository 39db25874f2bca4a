import type { Tier } from '../briefings/vocabulary'
import type { Words } from '../language/catalog'
import type { Site } from '../site'
import type { Letter } from '../ui/letter'
import { letter } from '../ui/letter'
import type { Decision } from './membership'
import { saidOfTier } from './tier-words'

/** The letter that informs a person of the decision on their request. */
export function decisionLetter(site: Site, words: Words, decision: Decision, tier: Tier): Letter {
  const named = { site: site.config.siteName }
  const { t } = words
  return decision === 'granted'
    ? letter(site, words, {
        subject: saidOfTier(words, tier, 'granted.subject', named),
        paragraphs: [saidOfTier(words, tier, 'granted.text', named)],
        action: { label: t('mail.trial.action'), href: `${site.config.origin}/${words.locale}/` },
      })
    : letter(site, words, {
        subject: t('mail.request.refused.subject', named),
        paragraphs: [saidOfTier(words, tier, 'refused.text', named)],
      })
}
