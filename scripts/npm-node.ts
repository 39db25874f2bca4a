/** Whether a version of Node is one of a range as package.json has it: `^22.13.0 || >=24`. */
export const isInRange = (version: string, range: string): boolean =>
  range.split('||').some((part) => {
    const comparators = part.trim().replace(/([<>=^~])\s+/g, '$1')
    return comparators.split(/\s+/).every((comparator) => isHeld(numbersOf(version), comparator))
  })

const numbersOf = (text: string): readonly number[] =>
  text
    .replace(/^[^\d*x]*/, '')
    .split('.')
    .filter((each) => /^\d/.test(each))
    .map((each) => Number.parseInt(each, 10))

function isHeld(version: readonly number[], comparator: string): boolean {
  const wanted = numbersOf(comparator)
  const difference = wanted.map((each, index) => (version[index] ?? 0) - each).find((each) => each !== 0) ?? 0
  const [operator = ''] = /^[<>=^~]*/.exec(comparator) ?? []
  if (operator === '>=') return difference >= 0
  if (operator === '>') return difference > 0
  if (operator === '<') return difference < 0
  if (operator === '<=') return difference <= 0
  const fixed = operator === '^' ? 1 : operator === '~' ? 2 : wanted.length
  return difference >= 0 && wanted.slice(0, fixed).every((each, index) => each === version[index])
}

/**
 * What to say where npm runs on a Node that the packages were not made for, by how npm calls itself (`npm_config_user_agent`). The
 * program does not: its Node comes with the packages.
 */
export function noteOnNode(userAgent: string | undefined, range: string, own: string): string | undefined {
  const [, version] = /\bnode\/v?(\d+\.\d+\.\d+)/.exec(userAgent ?? '') ?? []
  if (version === undefined || isInRange(version, range)) return undefined
  return `npm runs on Node ${version}, but the packages need ${range}. The program runs on Node ${own}, which came with them.`
}
