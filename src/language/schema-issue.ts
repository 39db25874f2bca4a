import type * as z from 'zod'
import english from '../../locales/en/newsroom.json'
import { type Complaint, complaint, type NewsroomKey, quoted } from './complaint'

type Issue = z.core.$ZodIssue

/** What an issue that zod found says in the newsroom’s own words. */
export function complaintOf(issue: Issue): Complaint {
  if (issue.code === 'custom' && issue.params?.['complaint']) return issue.params['complaint'] as Complaint // From `complain`.
  if (Object.hasOwn(english, issue.message)) return complaint(issue.message as NewsroomKey) // From `says`.
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? complaint('schema.missing') : ofKind(issue.expected)
    case 'invalid_value':
      return complaint('schema.choice', { choices: { oneOf: issue.values.map(String) } })
    case 'unrecognized_keys':
      return complaint('schema.keys', { count: issue.keys.length, keys: issue.keys.map(quoted) })
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum))
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum))
    default:
      return complaint('schema.form')
  }
}

function ofKind(expected: string): Complaint {
  if (expected === 'string') return complaint('schema.text')
  if (expected === 'int') return complaint('schema.whole-number')
  if (expected === 'number') return complaint('schema.number')
  if (expected === 'array') return complaint('schema.list')
  return expected === 'object' || expected === 'record' ? complaint('schema.object') : complaint('schema.form')
}

function tooBig(origin: string, most: number): Complaint {
  if (origin === 'string') return complaint('schema.longest', { most })
  return origin === 'array' ? complaint('schema.entries-most', { most }) : complaint('schema.number-most', { most })
}

function tooSmall(origin: string, least: number): Complaint {
  if (origin === 'string') return complaint('schema.shortest', { least })
  return origin === 'array' ? complaint('schema.entries-least', { least }) : complaint('schema.number-least', { least })
}
