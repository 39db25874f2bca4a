import { type Locale, writtenForm } from '../language/locale'

/** How a script is set: the leading of titles, the size of its letters beside Latin ones, and how small text is emphasised. */
interface Setting {
  readonly leading: number
  readonly scale: number
  /** The same in small sizes, which need not be set as tight. */
  readonly small: number
  readonly hasCapitals: boolean
  /** How far letters of the script reach above the base line, in ems. */
  readonly rise: number
}

const latin: Setting = { leading: 1.14, scale: 1, small: 1, hasCapitals: true, rise: 0.7 }
const settings: Readonly<Record<string, Setting>> = {
  Arab: { leading: 1.45, scale: 1.08, small: 1.08, hasCapitals: false, rise: 0.72 },
  Hans: { leading: 1.36, scale: 0.9, small: 1, hasCapitals: false, rise: 0.84 },
  Jpan: { leading: 1.36, scale: 0.9, small: 1, hasCapitals: false, rise: 0.84 },
}
/** How texts in a language are set. */
export const settingOf = (locale: Locale): Setting => settings[writtenForm(locale).split('-')[1] ?? ''] ?? latin
