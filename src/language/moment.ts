import { type Complaint, complaint } from './complaint'

const minute = 60_000
const day = 24 * 60 * minute

/** The least time between scheduling and the time that is due, in milliseconds. */
const aheadMin = minute

/** Whether this is the name of a time zone (IANA), such as `Europe/Madrid`. */
export function isZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && clockIn(name).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/**
 * The instant of a date and time (ISO 8601, to the minute or second), in UTC. Without an offset, it is a local time in the zone. A space
 * before an offset is a `+` that came in an address. A local time that the clocks skip or show twice is a complaint, and so is an instant
 * that is not at least a minute after `now`.
 */
export function momentIn(typed: string, zone: string, now: Date): { readonly at: string } | { readonly flaw: Complaint } {
  const [, date = '', time = '', seconds = '00', offset] =
    /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::(\d{2}))?(Z|[+ -](?:[01]\d|2[0-3]):[0-5]\d)?$/.exec(typed) ?? []
  const written = `${date}T${time}:${seconds}`
  const wall = Date.parse(`${written}Z`)
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 19) !== written) {
    return { flaw: complaint('moment.unfit', { at: typed, zone }) }
  }
  const [instant, other] = offset === undefined ? instantsOf(wall, zone) : [Date.parse(written + offset.replace(' ', '+'))]
  if (instant === undefined) return { flaw: complaint('moment.skipped', { at: typed, zone }) }
  if (other !== undefined) {
    const [first, second] = [instant, other].map((each) => typed + offsetText(wall - each))
    return { flaw: complaint('moment.twice', { at: typed, zone, first: first ?? '', second: second ?? '' }) }
  }
  if (instant < now.getTime() + aheadMin) return { flaw: complaint('moment.past', { at: typed }) }
  return { at: new Date(instant).toISOString() }
}

/** The offset that a time was typed with, such as `+01:00` or `UTC`; `undefined`: none, so it is a local time. */
export function offsetTyped(typed: string): string | undefined {
  const [offset] = /(?:Z|[+ -]\d{2}:\d{2})$/.exec(typed) ?? []
  return offset === 'Z' ? 'UTC' : offset?.replace(' ', '+')
}

/**
 * An instant as people read it, to the minute: on the clocks of a zone or at an offset, and UTC beside it:
 * `2026-12-01 09:00 Europe/Madrid (08:00 UTC)`.
 */
export function minuteIn(instant: string, zone: string): string {
  const utc = minuteText(Date.parse(instant))
  if (zone === 'UTC') return `${utc} UTC`
  const local = minuteText(Date.parse(instant) + offsetOf(zone, Date.parse(instant)))
  return `${local} ${zone} (${local.slice(0, 10) === utc.slice(0, 10) ? utc.slice(11) : utc} UTC)`
}

const minuteText = (wall: number) => new Date(wall).toISOString().slice(0, 16).replace('T', ' ')

/** How far a zone, or an offset by its name, is ahead of UTC at an instant. */
function offsetOf(zone: string, instant: number): number {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})$/.exec(zone) ?? []
  if (sign === undefined) return offsetAt(instant, zone)
  return (Number(hours) * 60 + Number(minutes)) * minute * (sign === '-' ? -1 : 1)
}

/** The instants at which the clocks of a zone show a time, in order: one, or none or two where they are changed. */
function instantsOf(wall: number, zone: string): readonly number[] {
  const offsets = new Set([wall - day, wall + day].map((instant) => offsetAt(instant, zone)))
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((instant) => offsetAt(instant, zone) === wall - instant)
    .sort((one, two) => one - two)
}

/** How far the clocks of a zone are ahead of UTC at an instant, in milliseconds. */
function offsetAt(instant: number, zone: string): number {
  const parts = clockIn(zone).formatToParts(instant)
  const [year = 0, month = 1, date = 1, hour = 0, minutes = 0, seconds = 0] = fields.map((field) =>
    Number(parts.find(({ type }) => type === field)?.value),
  )
  return Date.UTC(year, month - 1, date, hour, minutes, seconds) - Math.floor(instant / 1000) * 1000
}

const fields = ['year', 'month', 'day', 'hour', 'minute', 'second'] as const

const clockIn = (timeZone: string) =>
  new Intl.DateTimeFormat(undefined, {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    ...Object.fromEntries(fields.map((field) => [field, 'numeric'])),
  })

function offsetText(offset: number): string {
  const minutes = Math.abs(offset) / minute
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${offset < 0 ? '-' : '+'}${two(minutes / 60)}:${two(minutes % 60)}`
}
