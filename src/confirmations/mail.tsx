import type { Words } from '../language/catalog'
import { aMail, type Mail } from '../mail/mail'
import type { Site } from '../site'
import { letter, type Paragraph } from '../ui/letter'
import type { Kind } from './confirmation'

/** The email that asks the owner of an address to confirm, with the link that has this secret. The paragraphs say what. */
export function confirmationMail<More>(
  site: Site,
  words: Words,
  kind: Kind<More>,
  address: string,
  paragraphs: readonly Paragraph[],
  secret: string,
): Mail {
  const { subject, action, closing } = kind.words.letter
  const content = {
    subject: words.t(subject, { site: site.config.siteName }),
    paragraphs,
    action: { label: words.t(action), href: kind.pathTo(words.locale, secret) },
    closing: words.t(closing),
  }
  return aMail(address, letter(site, words, content))
}
