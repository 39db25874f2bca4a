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
  const isIn = (address: string, prose: Prose) => prose.links.some((link) => sameAs(link) === sameAs(address))
  const lost = [...before].filter(([same, address]) => !after.has(same) && !isIn(address, target)).map(([, address]) => address)
  const added = [...after].filter(([same]) => !before.has(same)).map(([, address]) => address)
  const [sitesBefore, sitesAfter] = [source.text, target.text].map((text) => new Set(sitesIn(text)))
  const sites = [...(sitesBefore ?? [])].filter((site) => !sitesAfter?.has(site))
  const otherSites = [...(sitesAfter ?? [])].filter((site) => !sitesBefore?.has(site))
  const isOther = sites.length > 0 && otherSites.length > 0
  return [
    ...faults('check.addresses.lost', [...lost, ...(isOther ? sites : [])]),
    ...faults('check.addresses.added', [...added, ...(isOther ? otherSites : [])]),
  ]
}

const faults = (code: 'check.addresses.lost' | 'check.addresses.added', addresses: readonly string[]) =>
  addresses.length > 0 ? [error('addresses', complaint(code, { addresses: some(addresses) }))] : []

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
