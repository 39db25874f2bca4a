/**
 * Whether a word of a text may be an inflection of another that changes more than its end, or a compound with it: `jueces` of `juez`,
 * `rynku` of `rynek`, `ações` of `ação`, `Arbeitsmarkt` with `Markt`, `أسعار` of `سعر`. Both are in plain form.
 */
export function isInflected(word: string, form: string): boolean {
  if (/^\p{Script=Arabic}/u.test(word)) return isOfOneRoot(word, form)
  return isCompoundOf(word, form) || hasSameConsonants(word, form)
}

function isCompoundOf(word: string, form: string): boolean {
  const root = word.length > 5 ? word.slice(0, -1) : word
  return word.length > 4 && form.length >= word.length + 2 && form.indexOf(root, 2) !== -1
}

/** What inflections add to the consonants of a word. */
const endings = new Set(['', 's', 'm', 'n', 'w', 'g', 'ch', 'mn', 'r'])

/** In many languages, inflection changes vowels within a word, and its last consonant only in a few ways. */
function hasSameConsonants(word: string, form: string): boolean {
  if (form.slice(0, 2) !== word.slice(0, 2) || Math.abs(form.length - word.length) > 3) return false
  const [one, other] = [word, form].map(consonantsOf).toSorted((a, b) => a.length - b.length)
  if (one === undefined || other === undefined || one.length < 2) return false
  return other.startsWith(one) && endings.has(other.slice(one.length))
}

const consonantsOf = (word: string) =>
  word.charAt(0) +
  word
    .slice(1)
    .replace(/[aeiouyœæø]/g, '')
    .replace(/z/g, 'c')

/** The consonants of an Arabic word are its root. Plurals change the long vowels between them. */
function isOfOneRoot(word: string, form: string): boolean {
  const roots = rootsOf(word)
  return rootsOf(form).some((root) => root.length > 1 && roots.includes(root))
}

const rootsOf = (word: string): readonly string[] =>
  [...new Set([word, word.replace(proclitics, ''), word.replace(proclitics, '').replace(/^ا(?=\p{L}{3})/u, '')])].flatMap(
    (form) => [rootOf(form), rootOf(form.replace(suffixes, ''))],
  )

const rootOf = (word: string) =>
  word.charAt(0) +
  word
    .slice(1)
    .replace(/[اويىءةهٔ]/g, '')
    .replace(/(?<=\p{L}{2})ت$/u, '')

const proclitics = /^(?:[وف]?(?:[بك]?ال|لل)(?=\p{L}{2})|[وفبلك](?=\p{L}{3}))/u
const suffixes = /(?<=\p{L}{3})(?:ات|ون|ين|ان|ها|هم|نا|ية|ي|ة|ه)$/u
