import type { Words } from '../language/catalog'
import type { Site } from '../site'
import type { Letter } from '../ui/letter'
import { letter } from '../ui/letter'

/** The letter that carries a link to sign in with. */
export function signInLetter(site: Site, words: Words, link: string): Letter {
  const named = { site: site.config.siteName }
  return letter(site, words, {
    subject: words.t('mail.sign-in.subject', named),
    paragraphs: [words.t('mail.sign-in.text', named)],
    action: { label: words.t('mail.sign-in.action'), href: link },
    closing: words.t('mail.sign-in.closing'),
  })
}
