import { canonical, type Locale, writtenForm } from './locale'

/** The areas of UN M.49 that CLDR names: the world, continents and their parts. workerd's Intl does not know them. */
export const areas =
  '001 002 003 005 009 011 013 014 015 017 018 019 021 029 030 034 035 039 053 054 057 061 142 143 145 150 151 154 155 202 419'.split(
    ' ',
  )

/** Codes of CLDR that are no places: the unknown region, and those for testing software. */
const placeless = ['ZZ', 'XA', 'XB']

/** Whether the code is CLDR's own for a region: ISO 3166 alpha-2, EU, or UN M.49. Superseded ones (`UK`, `SU`) are not. */
export function isRegion(code: string): boolean {
  if (areas.includes(code)) return true
  if (!/^[A-Z]{2}$/.test(code) || placeless.includes(code)) return false
  return regionNames().of(code) !== undefined && new Intl.Locale(`und-${code}`).region === code
}

/** Whether a locale that is one of CLDR's formats another: it is of the same language and script, and its region is real. */
export function isFormat(format: string, tag: Locale): boolean {
  if (format === tag) return true
  if (canonical(format) !== format || canonical(tag) !== tag) return false
  const { region } = new Intl.Locale(format)
  return writtenForm(format) === writtenForm(tag) && (region === undefined || isRegion(region))
}

let regions: Intl.DisplayNames | undefined
function regionNames(): Intl.DisplayNames {
  regions ??= new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })
  return regions
}
