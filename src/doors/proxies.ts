import { BlockList, isIP } from 'node:net'
import { complaint } from '../language/complaint'
import { type Read, readVariables, setting, type Variables } from '../variables'

/** The proxies that are believed when they say where a request came from. */
export type Proxies = Pick<BlockList, 'check'>

function thisMachine(): BlockList {
  const proxies = new BlockList()
  proxies.addSubnet('127.0.0.0', 8, 'ipv4')
  proxies.addAddress('::1', 'ipv6')
  return proxies
}

const environment = {
  TRUSTED_PROXIES: setting((list) => proxiesOf(list.split(/[\s,]+/).filter(Boolean)), thisMachine()),
}

/**
 * The operator's proxies: addresses and networks (RFC 4632) of IPv4 and IPv6. Without a list, only this machine is one. Throws as
 * `readConfig` does. A network of every address is refused: each reader could then claim to be anybody.
 */
export const readProxies = (variables: Variables): Proxies => readVariables(environment, variables).TRUSTED_PROXIES

function proxiesOf(entries: readonly string[]): Read<Proxies> {
  const proxies = new BlockList()
  const wrong = entries.find((entry) => !isAdded(proxies, entry))
  return wrong === undefined ? { value: proxies } : { problem: complaint('config.proxies', { entry: wrong }) }
}

function isAdded(proxies: BlockList, entry: string): boolean {
  const [, address = '', , bits] = /^([\da-f.:]+)(\/(\d{1,3}))?$/i.exec(entry) ?? []
  const version = isIP(address)
  if (version === 0) return false
  const family = version === 4 ? 'ipv4' : 'ipv6'
  if (bits === undefined) proxies.addAddress(address, family)
  else if (Number(bits) === 0 || Number(bits) > (version === 4 ? 32 : 128)) return false
  else proxies.addSubnet(address, Number(bits), family)
  return true
}

/**
 * The address of the reader who sent a request. `X-Forwarded-For` is read from the right: each proxy adds there the address that it was asked
 * from. It is believed as far as trusted proxies wrote it, so what a reader sends in it changes nothing.
 */
export function readerOf(peer: string | undefined, forwarded: string | undefined, proxies: Proxies): string | undefined {
  let reader = peer
  for (const hop of (forwarded ?? '').split(',').reverse()) {
    const before = addressIn(hop)
    if (reader === undefined || before === undefined || !isTrusted(reader, proxies)) break
    reader = before
  }
  return reader
}

/** Some proxies write the port too: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function addressIn(hop: string): string | undefined {
  const typed = hop.trim()
  const [, inBrackets, beforePort] = /^(?:\[([^\]]*)\](?::\d+)?|([\d.]+):\d+)$/.exec(typed) ?? []
  const address = inBrackets ?? beforePort ?? typed
  return isIP(address) === 0 ? undefined : address
}

/** A link-local address may have a zone behind it (`fe80::1%eth0`), which is no part of it here. */
function isTrusted(address: string, proxies: Proxies): boolean {
  const [bare = ''] = address.split('%')
  return proxies.check(bare, isIP(bare) === 4 ? 'ipv4' : 'ipv6')
}
