import { type Complaint, complaint, type NewsroomKey } from '../language/complaint'
import { explain } from '../language/newsroom'

/** What a person types to mend what is complained of. */
const remedies: Partial<Record<NewsroomKey, (values: Complaint['values']) => Complaint>> = {
  'person.unknown': ({ address = '' }) => complaint('remedy.person-unknown', { address }),
  'person.may-not-translate': () => complaint('remedy.role'),
  'person.may-not-approve': () => complaint('remedy.role'),
  'approval.nobody': () => complaint('remedy.by'),
  'approval.own': () => complaint('remedy.in-review'),
  'hook.private': () => complaint('remedy.private'),
}

/** A complaint as the command line says it: in English, with the command or the option that mends it. */
export function inCommandLine({ code, values }: Complaint): string {
  const remedy = remedies[code]?.(values)
  return explain(remedy ? complaint('remedy.after', { problem: { code, values }, remedy }) : { code, values })
}
