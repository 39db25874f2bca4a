import type { Misfit } from '../language/schema'
import { unrendered } from '../language/unrendered'
import type { Briefing } from './briefing'
import { segmentsOf } from './segments'

/** What of a briefing's passages no page would show, by segment. What is stored already is not looked at, so that it can still be read. */
export const unrenderedIn = (briefing: Briefing): readonly Misfit[] =>
  segmentsOf(briefing).flatMap(({ id, kind, text }) =>
    kind === 'markdown' ? unrendered(text).map((complaint) => ({ path: id, complaint })) : [],
  )
