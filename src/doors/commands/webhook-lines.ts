import { visibleLine } from '../../language/text'
import type { KeptDelivery } from '../../webhooks/delivery-store'
import type { Endpoint } from '../../webhooks/endpoint'
import { counted } from '../report'

/** An endpoint as a line. */
export function lineOfEndpoint({ id, url, events, locales, failingSince, disabledAt, reason, formerUntil }: Endpoint): string {
  const state = disabledAt !== null ? `disabled ${minuteOf(disabledAt)}: ${reason}` : 'active'
  return visibleLine(
    [
      id,
      state,
      url,
      events === 'all' ? 'all events' : events.join(', '),
      locales === 'all' ? 'all languages' : locales.join(', '),
      ...(failingSince === null ? [] : [`failing since ${minuteOf(failingSince)}`]),
      ...(formerUntil === null ? [] : [`former secret until ${minuteOf(formerUntil)}`]),
    ].join('  '),
  )
}

/** A delivery as a line. */
export function lineOfDelivery({ event, type, endpoint, at, state, attempts, dueAt, status, answer }: KeptDelivery): string {
  const tries = counted(attempts, 'attempt')
  const parts = [event, endpoint, minuteOf(at), type, state, tries, status, answer, dueAt && `due ${minuteOf(dueAt)}`]
  return visibleLine(parts.filter((part) => part !== null && part !== '').join('  '))
}

const minuteOf = (instant: string) => instant.slice(0, 16)
