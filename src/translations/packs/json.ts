import { type FileProblem, isProblems, problemsOf, readJson } from '../../briefings/files'
import { type LocaleFile, localeFileSchema } from '../translation'

/** Reads a locale file. Returns it or every problem found in it; never throws. */
export function readLocaleFile(file: string, bytes: Uint8Array): LocaleFile | readonly FileProblem[] {
  const json = readJson(file, bytes)
  if (isProblems(json)) return json
  const parsed = localeFileSchema.safeParse(json.value)
  return parsed.success ? parsed.data : problemsOf(file, parsed.error)
}
