import PO from 'pofile'

/**
 * What a person does to a text in a tool: translates it, and may mark it as not done (`doubt`); or takes the mark off what is there (`keep`),
 * or says that it stays English (`same`).
 */
export type Act = 'translate' | 'doubt' | 'keep' | 'same'

/** How a tool rewrites a file in which a person did this, by the ids of texts. */
export type Tool = (file: string, acts: ReadonlyMap<string, Act>) => string

/** What these people write before the English to translate it. */
export const translation = 'Übersetzt: '

/** Rewrites each unit of an XLIFF file. */
const eachUnit = (file: string, to: (unit: string, id: string) => string) =>
  file.replace(/<(trans-unit|unit) id="([^"]*)".*?<\/\1>/gs, (unit, _, id: string) => to(unit, id))

const sourceIn = (unit: string) => /<source>((?:(?!<\/source>).)*)<\/source>\s*(?:<target|<\/segment)/s.exec(unit)?.[1] ?? ''

const targetPattern = /<target((?:\s[^>]*)?)>((?:(?!<\/target>).)*)<\/target>(?=\s*<(?:note|\/segment|\/trans-unit|alt-trans))/s

/** What stands in the target after an act. */
const targetAfter = (unit: string, act: Act) =>
  act === 'keep' ? (targetPattern.exec(unit)?.[2] ?? '') : (act === 'same' ? '' : translation) + sourceIn(unit)

/** The unit with this target, which is made if there is none. */
const withTarget = (unit: string, attributes: string, inside: string) => {
  const target = `<target${attributes}>${inside}</target>`
  return targetPattern.test(unit)
    ? unit.replace(targetPattern, () => target)
    : unit.replace('</source>\n      </segment>', () => `</source>\n        ${target}\n      </segment>`)
}

const attributesOf = (unit: string) => targetPattern.exec(unit)?.[1] ?? ''
const withState = (attributes: string, state: string) => `${attributes.replace(/ state="[^"]*"/, '')} state="${state}"`

/** The segment with this state and sub-state, or without. */
const withSegmentState = (unit: string, state = '', subState = '') =>
  unit.replace(/<segment( id="[^"]*")?[^>]*>/, (_, id: string = '') =>
    [`<segment${id}`, state && ` state="${state}"`, subState && ` subState="${subState}"`, '>'].join(''),
  )

/** OmegaT up to 5, and its filter for XLIFF 2: writes what stands in a target, and no attribute (filters3, Xliff2Filter.flushTranslations). */
const omegaT: Tool = (file, acts) =>
  eachUnit(file, (unit, id) => {
    const act = acts.get(id)
    return act === undefined ? unit : withTarget(unit, attributesOf(unit), targetAfter(unit, act))
  })

/**
 * OmegaT 6 (Xliff1Filter.generateTargetStartElement): each text that its project has a translation of is `translated`, also where the file
 * brought it. A translation that is the English counts as none (RealProject, allowTranslationEqualToSource).
 */
const omegaT6: Tool = (file, acts) =>
  eachUnit(omegaT(file, acts), (unit) => {
    const [, attributes = '', inside = ''] = targetPattern.exec(unit) ?? []
    return inside === '' || inside === sourceIn(unit) ? unit : withTarget(unit, withState(attributes, 'translated'), inside)
  })

/** Poedit, XLIFF 1.2 (catalog_xliff.cpp, Impl_UpdateTargetState): only what was edited gets a state; `approved` stays. */
const poedit12: Tool = (file, acts) =>
  eachUnit(file, (unit, id) => {
    const act = acts.get(id)
    if (act === undefined) return unit
    const state = act === 'doubt' ? 'needs-l10n' : 'translated'
    return withTarget(unit, withState(attributesOf(unit), state), targetAfter(unit, act))
  })

/** Poedit, XLIFF 2 (XLIFF2CatalogItem): “Needs work” is a sub-state. */
const poedit2: Tool = (file, acts) =>
  eachUnit(file, (unit, id) => {
    const act = acts.get(id)
    if (act === undefined) return unit
    return withTarget(withSegmentState(unit, 'translated', act === 'doubt' ? 'poedit:fuzzy' : ''), '', targetAfter(unit, act))
  })

/**
 * Weblate and the translate-toolkit, XLIFF 1.2 (xliff.py, markfuzzy; Weblate's manual, “Translation states”): “Needs editing” is
 * `needs-translation`, and takes `approved` off.
 */
const weblate12: Tool = (file, acts) =>
  eachUnit(file, (unit, id) => {
    const act = acts.get(id)
    if (act === undefined) return unit
    const state = act === 'doubt' ? 'needs-translation' : 'final'
    const said = unit.replace(/approved="[^"]*"/, act === 'doubt' ? 'approved="no"' : 'approved="yes"')
    return withTarget(said, withState(attributesOf(unit), state), targetAfter(unit, act))
  })

/** The translate-toolkit, and so Weblate, XLIFF 2 (xliff2.py, markfuzzy). Trados writes the same of drafts (its manual, “XLIFF 2.0 settings”). */
const weblate2: Tool = (file, acts) =>
  eachUnit(file, (unit, id) => {
    const act = acts.get(id)
    if (act === undefined) return unit
    return withTarget(withSegmentState(unit, act === 'doubt' ? 'initial' : 'translated'), '', targetAfter(unit, act))
  })

/** Crowdin fills in the English of what is missing where strings are not skipped, as `needs-translation`. */
const crowdin: Tool = (file, acts) =>
  eachUnit(poedit12(file, acts), (unit) =>
    targetPattern.exec(unit)?.[2] === '' ? withTarget(unit, ' state="needs-translation"', sourceIn(unit)) : unit,
  )

/** Tools that segment, as Trados and memoQ do, and lay the file out: each target is a mark on a line of its own. */
const segmenting: Tool = (file, acts) =>
  eachUnit(poedit12(file, acts), (unit) => {
    const [, attributes = '', inside = ''] = targetPattern.exec(unit) ?? []
    return inside === '' ? unit : withTarget(unit, attributes, `\n          <mrk mtype="seg" mid="0">${inside}</mrk>\n        `)
  })

const entries = (file: string, to: (item: InstanceType<typeof PO.Item>) => void) => {
  const po = PO.parse(file)
  po.items.forEach(to)
  return po.toString()
}

/** Poedit and Weblate, PO: the file is written anew, with its lines cut elsewhere. A doubt is fuzzy. */
const gettext: Tool = (file, acts) =>
  entries(file, (item) => {
    const act = acts.get(item.msgctxt ?? '')
    if (act === undefined) return
    if (act !== 'keep') item.msgstr = [(act === 'same' ? '' : translation) + item.msgid]
    item.flags = { ...item.flags, fuzzy: act === 'doubt' }
  })

/** OmegaT, PO (seen with 3.6): takes every fuzzy mark off, and empties the texts that had one and were not translated. */
const omegaTPo: Tool = (file, acts) =>
  entries(file, (item) => {
    const act = acts.get(item.msgctxt ?? '')
    if (act !== undefined) item.msgstr = [translation + item.msgid]
    else if (item.flags['fuzzy']) item.msgstr = ['']
    item.flags = {}
  })

/** A text editor on Windows: other line ends and indents. A doubt is listed under `proposed`. */
const editor: Tool = (file, acts) => {
  const {
    segments,
    proposed = [],
    outdated = [],
    ...facts
  } = JSON.parse(file) as {
    segments: Record<string, string>
    proposed?: readonly string[]
    outdated?: readonly string[]
  }
  for (const [id, act] of acts) {
    if (act !== 'keep') segments[id] = (act === 'same' ? '' : translation) + segments[`@${id}`]
  }
  const kept = (ids: readonly string[]) => ids.filter((id) => !acts.has(id))
  const doubted = [...acts].filter(([, act]) => act === 'doubt').map(([id]) => id)
  const changed = { ...facts, proposed: [...kept(proposed), ...doubted], outdated: kept(outdated), segments }
  return JSON.stringify(changed, undefined, 4).replaceAll('\n', '\r\n')
}

/** A text editor that composes letters (NFC), as some on Macs do. */
const composing: Tool = (file, acts) => editor(file, acts).normalize('NFC')

/** What a person can do in a tool that cannot mark a text as not done. */
const doubtless: readonly Act[] = ['translate']
const all: readonly Act[] = ['translate', 'doubt', 'keep', 'same']

/** Each form that may be asked for, and the tools that it is for, with what a person can do in each. */
export const forms = [
  { name: 'XLIFF 2.1', format: 'xliff', options: {}, tools: { poedit2, weblate2 }, acts: all },
  { name: 'XLIFF 2.1, English copied', format: 'xliff', options: { copySource: true }, tools: { omegaT }, acts: doubtless },
  { name: 'XLIFF 2.0', format: 'xliff', options: { xliffVersion: '2.0' }, tools: { poedit2, weblate2 }, acts: all },
  {
    name: 'XLIFF 2.0, English copied',
    format: 'xliff',
    options: { xliffVersion: '2.0', copySource: true },
    tools: { omegaT },
    acts: doubtless,
  },
  { name: 'XLIFF 1.2', format: 'xliff12', options: {}, tools: { poedit12, weblate12, crowdin, segmenting }, acts: all },
  {
    name: 'XLIFF 1.2, English copied',
    format: 'xliff12',
    options: { copySource: true },
    tools: { omegaT, omegaT6 },
    acts: doubtless,
  },
  { name: 'PO', format: 'po', options: {}, tools: { gettext }, acts: all },
  { name: 'PO', format: 'po', options: {}, tools: { omegaTPo }, acts: doubtless },
  { name: 'JSON', format: 'json', options: {}, tools: { editor, composing }, acts: all },
] as const
