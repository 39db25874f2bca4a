const numerals = /(?<![\p{L}\p{N}])(?=[IVXL])L?X{0,4}(?:IX|IV|V?I{0,3})(?=(?:e|er|ᵉ|ème|è|º|ª)?(?![\p{L}\p{N}]))/gu
const values: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10, L: 50 }

/** The Roman numerals of a text up to 89: centuries, kings, quarters of a year. */
export const romanIn = (text: string): readonly { readonly written: string; readonly value: number }[] =>
  (text.match(numerals) ?? []).map((written) => ({ written, value: worth(written) }))

const worth = (written: string) =>
  [...written].reduce((sum, letter, index) => {
    const [value = 0, next = 0] = [values[letter], values[written[index + 1] ?? '']]
    return sum + (value < next ? -value : value)
  }, 0)
