import { type Complaint, complaint } from '../language/complaint'
import type { Locale } from '../language/locale'
import { isLoopback } from '../language/origin'
import type { EventType } from './event'

/** Which events a program wants, and where. */
export interface Interest {
  readonly url: string
  readonly events: readonly EventType[] | 'all'
  /** Languages. An event must concern one of them. */
  readonly locales: readonly Locale[] | 'all'
}

/** An endpoint as it is shown, without its secret. */
export interface Endpoint extends Interest {
  readonly id: string
  readonly addedAt: string
  /** Since when it has accepted nothing. */
  readonly failingSince: string | null
  readonly disabledAt: string | null
  /** Why it is disabled. */
  readonly reason: string | null
  /** Until when its former secret signs too. */
  readonly formerUntil: string | null
}

const urlMax = 2000

/**
 * What is wrong with the address of an endpoint, or `undefined`. It must be HTTPS, except on this machine, and have no password. An address
 * within a private network is refused, unless the operator allows it (`mayBePrivate`). Only the address itself is looked at.
 */
export function flawInUrl(typed: string, mayBePrivate: boolean): Complaint | undefined {
  const url = URL.parse(typed)
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname === '') return complaint('hook.address', { url: typed })
  if (typed.length > urlMax) return complaint('schema.longest', { most: urlMax })
  if (url.username !== '' || url.password !== '') return complaint('hook.password', { url: typed })
  if (url.hash !== '') return complaint('hook.fragment', { url: typed })
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return complaint('hook.plain', { url: typed })
  if (!mayBePrivate && isPrivate(url.hostname)) return complaint('hook.private', { url: typed })
  return undefined
}

/** Whether a host is an IP address that does not exist on the internet (IANA's special-purpose registries), as `URL` writes it. */
function isPrivate(hostname: string): boolean {
  if (!hostname.startsWith('[')) return isPrivateIpv4(hostname)
  const groups = groupsOf(hostname.slice(1, -1))
  const [first = 0, second = 0] = groups
  const embedded = embeddedIpv4(groups)
  if (embedded !== undefined) return isPrivateIpv4(embedded)
  const isGlobal = first >= 0x2000 && first <= 0x3fff
  return !isGlobal || (first === 0x2001 && (second < 0x200 || second === 0xdb8))
}

function isPrivateIpv4(hostname: string): boolean {
  const [, one, two, three] = /^(\d+)\.(\d+)\.(\d+)\.\d+$/.exec(hostname)?.map(Number) ?? []
  if (one === undefined || two === undefined || three === undefined) return false
  return (
    [0, 10, 127].includes(one) ||
    one >= 224 ||
    (one === 100 && two >= 64 && two < 128) ||
    (one === 169 && two === 254) ||
    (one === 172 && two >= 16 && two < 32) ||
    (one === 192 && (two === 168 || (two === 0 && (three === 0 || three === 2)))) ||
    (one === 198 && (two === 18 || two === 19 || (two === 51 && three === 100))) ||
    (one === 203 && two === 0 && three === 113)
  )
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): readonly number[] {
  const [head = '', tail] = address.split('::')
  const numbers = (part: string) => part.split(':').flatMap((group) => (group === '' ? [] : Number.parseInt(group, 16)))
  const [before, after] = [numbers(head), numbers(tail ?? '')]
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}

/** The IPv4 address within an IPv6 address: mapped (::ffff:0:0/96), translated (64:ff9b::/96) or tunnelled (2002::/16). */
function embeddedIpv4(groups: readonly number[]): string | undefined {
  const start = groups.slice(0, 6).join()
  const isWithin = start === [0, 0, 0, 0, 0, 0xffff].join() || start === [0x64, 0xff9b, 0, 0, 0, 0].join()
  const [high = 0, low = 0] = isWithin ? groups.slice(6) : groups[0] === 0x2002 ? groups.slice(1, 3) : []
  if (!isWithin && groups[0] !== 0x2002) return undefined
  return [high >> 8, high & 255, low >> 8, low & 255].join('.')
}

/** The secrets that sign for an endpoint at a moment: its own, and the former one while it is still valid. */
export const secretsOf = (
  { secret, former_secret, former_until }: { secret: string; former_secret: string | null; former_until: string | null },
  now: Date,
): readonly string[] =>
  former_secret !== null && former_until !== null && former_until > now.toISOString() ? [secret, former_secret] : [secret]
