/** What a unit of an East Asian number multiplies by. */
export const chainUnits: Readonly<Record<string, number>> = {
  百: 1e2,
  千: 1e3,
  万: 1e4,
  萬: 1e4,
  만: 1e4,
  億: 1e8,
  亿: 1e8,
  억: 1e8,
  兆: 1e12,
  조: 1e12,
}

/** An East Asian number with units inside and behind, at the beginning of a text: 4億5000万, 1.5兆, 3万2000, 150 万, 3割. */
export function chainAt(text: string): { readonly written: string; readonly value: number } | undefined {
  const [written = ''] =
    /^(?:\d[\d.,]{0,20}[ \u00a0\u2009\u202f]?[千百万萬億亿兆만억조]{1,2})+\d{0,8}/u.exec(text.slice(0, 120)) ?? []
  if (written === '') return undefined
  let sum = 0
  for (const [, digits = '', units = ''] of written.matchAll(/(\d[\d.,]{0,20})([^\d.,]*)/gu)) {
    const number = Number(digits.replaceAll(',', ''))
    sum += [...units].reduce((value, unit) => value * (chainUnits[unit] ?? 1), number)
  }
  return { written, value: sum }
}
