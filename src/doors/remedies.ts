import { type Complaint, complaint, type NewsroomKey } from '../language/complaint'
import { explain } from '../language/newsroom'

/** What a person can type to solve the problem. */
const remedies: Partial<Record<NewsroomKey, (values: Complaint['values']) => Complaint | undefined>> = {
  'person.unknown': ({ address = '' }) => complaint('remedy.person-unknown', { address }),
  'person.may-not-translate': () => complaint('remedy.role'),
  'person.may-not-approve': () => complaint('remedy.role'),
  'person.may-not-publish': () => complaint('remedy.role'),
  'person.may-only-save': () => complaint('remedy.save', { option: '--publish (--state approved)' }),
  'publish.not-ready': ({ reasons }) => (isOf('approval.nobody', reasons) ? complaint('remedy.by') : undefined),
  'approval.nobody': () => complaint('remedy.by'),
  'approval.own': () => complaint('remedy.in-review'),
  'hook.private': () => complaint('remedy.private'),
}

/** Whether a complaint is among these lines. */
const isOf = (code: NewsroomKey, value: Complaint['values'][string] | undefined) =>
  typeof value === 'object' && 'lines' in value && value.lines.some((each) => each.code === code)

/** A complaint as the command line shows it: in English, with the command or option that solves the problem. */
export function inCommandLine({ code, values }: Complaint): string {
  const remedy = remedies[code]?.(values)
  return explain(remedy ? complaint('remedy.after', { problem: { code, values }, remedy }) : { code, values })
}
