import { complaint } from '../../language/complaint'
import { error, type Fault, some } from './finding'
import type { Prose } from './prose'

/** Web addresses and addresses of emails within a text. */
export const addressPattern =
  /(?:https?:\/\/|www\.)[^\s<>"'«»“”‘’()[\]{}\u3000-\u303f\uff00-\uffef]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+/gi

/** Names of sites without more, such as `port.example`. */
const sitePattern = /(?<![\w.@/-])(?:[a-z0-9-]+\.)+[a-z]{2,}(?![\w@])/g

/** Checks that addresses within the text are the same, and links too. What is an address there may be a link to it here. */
export function addressFaults(source: Prose, target: Prose): readonly Fault[] {
  const foreign = new Set(source.text.match(/[^\p{ASCII}]/gu))
  const before = addressesIn(source.text, foreign)
  const after = addressesIn(target.text, foreign)
  const links = new Set(target.links.map(sameAs))
  const lost = [...before].filter(([same]) => !after.has(same) && !links.has(same)).map(([, address]) => address)
  const added = [...after].filter(([same]) => !before.has(same)).map(([, address]) => address)
  const sites = otherSites(source.text, target.text)
  const allLost = [...lost, ...sites.lost]
  const allAdded = [...added, ...sites.added]
  return [
    ...(allLost.length > 0 ? [error('addresses', complaint('check.addresses.lost', { addresses: some(allLost) }))] : []),
    ...(allAdded.length > 0 ? [error('addresses', complaint('check.addresses.added', { addresses: some(allAdded) }))] : []),
  ]
}

/** Sites that are named, where another one is named in their place. A site alone may be said otherwise. */
function otherSites(source: string, target: string): { readonly lost: readonly string[]; readonly added: readonly string[] } {
  const [before, after] = [new Set(sitesIn(source)), new Set(sitesIn(target))]
  const lost = [...before].filter((site) => !after.has(site))
  const added = [...after].filter((site) => !before.has(site))
  return lost.length > 0 && added.length > 0 ? { lost, added } : { lost: [], added: [] }
}

/** Address in one spelling → as it is written. In scripts without spaces, an address ends where letters begin that the English does not have. */
function addressesIn(text: string, foreign: ReadonlySet<string>): ReadonlyMap<string, string> {
  const found = text.match(addressPattern) ?? []
  return new Map(
    found.map((address) => {
      const end = [...address].findIndex((letter) => letter > '\u007f' && !foreign.has(letter))
      const own = trimmed(end === -1 ? address : [...address].slice(0, end).join(''))
      return [sameAs(own), own] as const
    }),
  )
}

const sitesIn = (text: string): readonly string[] => text.replace(addressPattern, ' ').toLowerCase().match(sitePattern) ?? []

/** An address without the punctuation of the sentence that it ends. */
function trimmed(address: string): string {
  let end = address.length
  while (end > 0 && '.,;:!?…*_~`،؛؟'.includes(address.charAt(end - 1))) end -= 1
  return address.slice(0, end)
}

/** One spelling of an address, whatever the case of its scheme and host (RFC 3986, 6.2.2), and with or without the slash of an empty path. */
export const sameAs = (address: string): string => (URL.canParse(address) ? new URL(address).href : address.toLowerCase())
