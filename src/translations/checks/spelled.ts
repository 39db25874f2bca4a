/** English words for numbers; the multiplied number comes before its multiplier. */
const ones =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'
const addends = new Map<string, number>([
  ...ones.split(' ').map((word, value) => [word, value] as const),
  ...tens.split(' ').map((word, index) => [word, (index + 2) * 10] as const),
  ['a', 1],
  ['dozen', 12],
])
const factors = new Map([
  ['hundred', 1e2],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
])

/** The numbers that an English text spells out: `two billion`, `twenty-five`, `a hundred and ten`. */
export function visible(text: string): readonly number[] {
  const found: number[] = []
  let run: string[] = []
  for (const word of [...(text.toLowerCase().match(/[a-z]+|[^a-z\s-]/g) ?? []), '']) {
    if (isNumberWord(word) || (word === 'and' && factors.has(run.at(-1) ?? ''))) {
      run.push(word)
    } else if (run.length > 0) {
      found.push(valueOfWords(run))
      run = []
    }
  }
  return found
}

const isNumberWord = (word: string) => addends.has(word) || factors.has(word)

function valueOfWords(words: readonly string[]): number {
  let sum = 0
  let part = 0
  for (const word of words) {
    const factor = factors.get(word)
    if (factor === undefined) part += addends.get(word) ?? 0
    else if (factor === 100) part = Math.max(part, 1) * factor
    else {
      sum += Math.max(part, 1) * factor
      part = 0
    }
  }
  return sum + part
}
