// Prints how large the parts of the source are, beside what each may be at most, and fails where one is larger.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { parseSync } from 'oxc-parser'
import { circlesOf, figure, functionsOf, isOver, type Row, ranked, sentencesOf } from './figures/measure'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const below = (folder: string) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).sort()

const sources = below('src').filter((name) => /\.tsx?$/.test(name) && !name.endsWith('.d.ts'))
const sheets = below('src').filter((name) => name.endsWith('.css'))
const linesOf = (path: string) => read(path).trimEnd().split('\n').length

const functions = sources.flatMap((name) => {
  const text = read(`src/${name}`)
  return functionsOf(parseSync(name, text).program, text).map((each) => ({ ...each, name: `${name}: ${each.name}` }))
})
const folders = sources.flatMap((from) =>
  parseSync(from, read(`src/${from}`)).module.staticImports.flatMap(({ moduleRequest: { value } }) => {
    const to = value.startsWith('.') ? normalize(join(dirname(from), value)) : undefined
    return to === undefined
      ? []
      : [{ from: placeOf(from), to: placeOf(sources.find((each) => each.replace(/\.tsx?$/, '') === to) ?? to) }]
  }),
)
function placeOf(file: string): string {
  return file.split('/')[0] ?? file
}

const guards = sources.reduce(
  (sum, name) =>
    sum + (read(`src/${name}`).match(/open\w*(\([\w.]+\))?\.(has|includes)\(locale\)\) return c\.notFound/g)?.length ?? 0),
  0,
)
const files = sources.map((name) => ({ name, lines: linesOf(`src/${name}`) }))
const chapters = sentencesOf(read('ARCHITECTURE.md')).map((words) => ({ name: 'ARCHITECTURE.md', lines: words }))

const rows: readonly Row[] = [
  ...ranked('lines of a file', files, { median: 70, p90: 150, max: 200 }),
  ...ranked(
    'lines of a function, pages’ markup apart',
    functions.filter(({ isMarkup }) => !isMarkup),
    { p90: 20, max: 60 },
  ),
  ...ranked(
    'lines of a function that makes markup',
    functions.filter(({ isMarkup }) => isMarkup),
    { max: 60 },
  ),
  figure('files at the root of src', sources.filter((name) => !name.includes('/')).length, 6),
  figure('circles of folders', circlesOf(folders).length, 0),
  figure('places that refuse a language that is not open', guards, 1),
  ...ranked(
    'lines of a style sheet',
    sheets.map((name) => ({ name, lines: linesOf(`src/${name}`) })),
    { max: 300 },
  ),
  figure('lines of ARCHITECTURE.md', linesOf('ARCHITECTURE.md'), 180),
  ...ranked('words of a sentence in ARCHITECTURE.md', chapters, { median: 15, p90: 25 }),
]
const width = Math.max(...rows.map(({ what }) => what.length))
for (const row of rows) {
  const mark = isOver(row) ? ' TOO LARGE' : ''
  process.stdout.write(
    `${row.what.padEnd(width)}  ${String(row.value).padStart(5)}  at most ${String(row.most).padStart(3)}${mark}${row.where ? `  ${row.where}` : ''}\n`,
  )
}
if (rows.some(isOver)) process.exit(1)
