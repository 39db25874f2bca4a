import type { Briefing, BriefingFile } from '../../src/briefings/briefing'
import type { Significance } from '../../src/briefings/vocabulary'
import { aBriefing } from './briefings'

/** A part of a page as its author knows it: it stays the same whatever its id. */
interface Part {
  readonly self: number
  id: string
  texts: Record<string, string>
}

type List = 'keyPoints' | 'body' | 'sources' | 'affectedAreas' | 'watch' | 'sections' | 'linkedOrganisations'
const fields: Readonly<Record<List, readonly string[]>> = {
  keyPoints: [''],
  body: ['.heading', ''],
  sources: ['.title', '.note'],
  affectedAreas: [''],
  watch: [''],
  sections: ['.heading', ''],
  linkedOrganisations: [''],
}
const lists = Object.keys(fields) as List[]
/** How many items the shortest list may have. */
const itemsMost = 12

/** A source of chance that says the same each time. */
export function chance(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  return {
    next,
    below: (most: number) => Math.floor(next() * most),
    pick: <Item>(some: readonly Item[]): Item | undefined => some[Math.floor(next() * some.length)],
  }
}

/** How a text stands: not translated, translated from what it says, or from something else, lightly or materially different. */
export type Standing = 'missing' | 'current' | 'light' | 'outdated'

/** What an author has done to a page, and what a plain comparison of its texts says of its translation. */
export class Page {
  revision = 0
  readonly significances: Significance[] = []
  readonly states: Briefing[] = []
  /** What each text said in each revision. */
  private readonly said = new Map<string, (string | undefined)[]>()
  /** The English that the translator of each text had. */
  readonly seen = new Map<string, string>()
  /** The text that each segment id was of, in each revision. */
  private readonly ids: ReadonlyMap<string, string>[] = []
  private parts = Object.fromEntries(lists.map((list) => [list, [] as Part[]])) as Record<List, Part[]>
  private removed: { readonly list: List; readonly part: Part }[] = []
  private singles: Record<string, string> = {}
  private confidence = 0.5
  private count = 0
  private renamed: Record<string, string> = {}

  constructor(
    readonly name: string,
    private readonly by: ReturnType<typeof chance>,
    private readonly removes: boolean,
  ) {
    this.singles = { title: this.words(), summary: this.words(), context: this.words() }
    for (const list of lists) for (let count = 1 + by.below(4); count > 0; count -= 1) this.parts[list].push(this.part(list))
    this.save('material')
  }

  /** One sitting of the author. Returns what the entry of the file says beside its texts. */
  sit(): { readonly significance: Significance; readonly renamed?: Record<string, string> } {
    this.renamed = {}
    const before = Object.fromEntries(lists.map((list) => [list, new Set(this.parts[list].map(({ id }) => id))]))
    const touched = new Set<Part>()
    for (let count = 1 + this.by.below(4); count > 0; count -= 1) this.act(touched, before as Record<List, Set<string>>)
    const significance = this.by.pick<Significance>(['typo', 'minor', 'material', 'material']) ?? 'material'
    this.save(significance)
    return { significance, ...(Object.keys(this.renamed).length > 0 ? { renamed: this.renamed } : {}) }
  }

  /** Segment id → the text that it is of. */
  textsAt = (revision: number): ReadonlyMap<string, string> => this.ids[revision - 1] ?? new Map()

  saidAt = (text: string, revision: number): string | undefined => this.said.get(text)?.[revision - 1]

  /** Compares what a text says with the English that its translator had. */
  standing(text: string, seen = this.seen.get(text)): Standing {
    if (seen === undefined) return 'missing'
    const said = this.said.get(text) ?? []
    const present = said[this.revision - 1]
    if (present === seen) return 'current'
    const last = said.lastIndexOf(seen)
    const alike = new Set<string | undefined>([seen])
    for (let index = last + 1; last !== -1 && index < this.revision; index += 1) {
      const isLight = this.significances[index] !== 'material'
      if (isLight && said[index] !== undefined && alike.has(said[index - 1])) alike.add(said[index])
    }
    return alike.has(present) ? 'light' : 'outdated'
  }

  /** The present texts by how they stand, each as the ids of its segments. */
  standings(): Readonly<Record<Standing, readonly string[]>> {
    const all = [...this.textsAt(this.revision)]
    const of = (wanted: Standing) =>
      all
        .filter(([, text]) => this.standing(text) === wanted)
        .map(([id]) => id)
        .toSorted()
    return { missing: of('missing'), current: of('current'), light: of('light'), outdated: of('outdated') }
  }

  private act(touched: Set<Part>, before: Readonly<Record<List, ReadonlySet<string>>>): void {
    const list = this.by.pick(lists) ?? 'body'
    const parts = this.parts[list]
    const part = this.by.pick(parts.filter((each) => !touched.has(each)))
    const kind = this.by.below(this.removes ? 12 : 8)
    if (kind === 0) this.confidence = this.by.below(1000) / 1000
    else if (kind === 1) this.singles[this.by.pick(Object.keys(this.singles)) ?? 'title'] = this.words()
    else if (kind === 2) this.add(list, touched)
    else if (kind === 3) this.parts[list] = parts.toSorted(() => this.by.next() - 0.5)
    else if (!part) return
    else if (kind <= 5) this.edit(list, part)
    else if (kind <= 7) this.rename(list, part, before[list])
    else if (kind <= 9) this.remove(list, part)
    else this.bringBack(list, touched)
    if (part && kind > 3) touched.add(part)
  }

  /** Writes a text anew, or as it was before. */
  private edit(list: List, part: Part): void {
    const field = this.by.pick(fields[list]) ?? ''
    const earlier = this.by.pick((this.said.get(`${part.self}${field}`) ?? []).filter((text) => text !== undefined))
    part.texts[field] = (this.by.below(4) === 0 ? earlier : undefined) ?? this.words()
  }

  /** Gives a part another id: a new one, or one that a removed part had. If its text changes too, only the entry can say that it is the same. */
  private rename(list: List, part: Part, before: ReadonlySet<string>): void {
    const left = this.removed.filter((each) => each.list === list)
    const had = this.by.below(3) === 0 ? this.by.pick(left)?.part.id : undefined
    const [from, to] = [part.id, had ?? this.id()]
    if (!before.has(from) || this.renamed[`${list}.${from}`] !== undefined) return
    const rewrites = this.by.below(3) === 0
    this.removed = this.removed.filter((each) => each.list !== list || each.part.id !== to)
    part.id = to
    if (rewrites) this.edit(list, part)
    // Somebody else gets the id that is free now.
    const isTaken = this.by.below(3) === 0 && this.parts[list].length < itemsMost
    if (isTaken) this.parts[list].push(this.part(list, from))
    if (rewrites || isTaken || before.has(to)) this.renamed[`${list}.${from}`] = `${list}.${to}`
  }

  private remove(list: List, part: Part): void {
    this.parts[list] = this.parts[list].filter((each) => each !== part)
    this.removed.push({ list, part: { ...part, texts: { ...part.texts } } })
  }

  private bringBack(list: List, touched: Set<Part>): void {
    if (this.parts[list].length >= itemsMost) return
    const used = new Set(this.parts[list].map(({ id }) => id))
    const back = this.by.pick(
      this.removed.filter((each) => each.list === list && !used.has(each.part.id) && this.saidBefore(each.part)),
    )
    if (!back) return
    this.removed = this.removed.filter((each) => each !== back)
    this.parts[list].splice(this.by.below(3), 0, back.part)
    touched.add(back.part)
    if (this.by.below(2) === 0) this.edit(list, back.part)
  }

  /** Whether a part is gone since an earlier revision, not only since a moment ago. */
  private saidBefore = ({ self }: Part) =>
    [...this.said].every(([text, said]) =>
      !text.startsWith(`${self}.`) && text !== `${self}` ? true : said.at(-1) === undefined,
    )

  private add(list: List, touched: Set<Part>): void {
    if (this.parts[list].length >= itemsMost) return
    const part = this.part(list)
    touched.add(part)
    this.parts[list].splice(this.by.below(this.parts[list].length + 1), 0, part)
  }

  private part(list: List, id = this.id()): Part {
    this.count += 1
    return { self: this.count, id, texts: Object.fromEntries(fields[list].map((field) => [field, this.words()])) }
  }

  private id(): string {
    this.count += 1
    return `part-${this.count}`
  }

  /** A text that was not there before. */
  private words(): string {
    this.count += 1
    const letters = [...String(this.count)].map((digit) => 'abcdefghij'[Number(digit)]).join('')
    return `The ${this.by.pick(['harbour', 'quay', 'ferry', 'dredger', 'port'])} is ${letters} today.`
  }

  private save(significance: Significance): void {
    this.revision += 1
    this.significances.push(significance)
    const now = [
      ...Object.entries(this.singles).map(([id, text]) => [id, id, text] as const),
      ...lists.flatMap((list) =>
        this.parts[list].flatMap(({ self, id, texts }) =>
          fields[list].map((field) => [`${list}.${id}${field}`, `${self}${field}`, texts[field] ?? ''] as const),
        ),
      ),
    ]
    for (const [, text, words] of now) {
      const said = this.said.get(text) ?? []
      said[this.revision - 1] = words
      this.said.set(text, said)
    }
    for (const said of this.said.values()) said.length = this.revision
    this.ids.push(new Map(now.map(([id, text]) => [id, text])))
    this.states.push(this.briefing())
  }

  private briefing(): Briefing {
    const { id: _id, slug: _slug, formerSlugs: _former, state: _state, publishedAt: _at, revisions: _, ...rest } = aBriefing()
    const of = <Item>(list: List, item: (id: string, texts: Record<string, string>) => Item) =>
      this.parts[list].map(({ id, texts }) => item(id, texts))
    const text = (id: string, texts: Record<string, string>) => ({ id, text: texts[''] ?? '' })
    const passage = (id: string, texts: Record<string, string>) => ({ ...text(id, texts), heading: texts['.heading'] ?? '' })
    return {
      ...rest,
      ...(this.singles as { title: string; summary: string; context: string }),
      confidence: this.confidence,
      keyPoints: of('keyPoints', text),
      body: of('body', passage),
      affectedAreas: of('affectedAreas', text),
      watch: of('watch', text),
      sections: of('sections', (id, texts) => ({ ...passage(id, texts), access: 'circle' as const })),
      linkedOrganisations: {
        access: 'circle',
        notes: of('linkedOrganisations', (id, texts) => ({ id, name: 'A name', note: texts[''] ?? '' })),
      },
      sources: of('sources', (id, texts) => ({
        ...{ id, url: 'https://source.example/', risk: 'low' as const },
        ...{ title: texts['.title'] ?? '', note: texts['.note'] ?? '' },
      })),
    }
  }

  /** The file of the page as its author left it: with the entries that were there, and one for the newest revision. */
  file(entries: BriefingFile['revisions'], entry: Partial<BriefingFile['revisions'][number]> = {}): BriefingFile {
    const savedAt = new Date(Date.UTC(2020, 0, this.revision)).toISOString().replace('.000', '')
    const newest = { revision: this.revision, savedAt, significance: 'material' as const, note: 'A revision', ...entry }
    return {
      ...aBriefing({ id: this.name, slug: this.name, state: 'draft' }),
      ...(this.states.at(-1) as Briefing),
      revisions: [...entries, newest],
    }
  }
}
