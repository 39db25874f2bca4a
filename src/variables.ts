import { type Complaint, complaint, type NewsroomKey } from './language/complaint'
import { Refusal } from './problem'

/** The settings of a door: the environment of a process, or the variables of a Worker. */
export type Variables = Readonly<Record<string, unknown>>

/** The value of a variable, or what is wrong with it. */
export type Read<Value> = { readonly value: Value } | { readonly problem: Complaint }

/** Reads the text of a variable. Without a library, because every Worker does it at its start. */
type Reader<Value> = (text: string) => Read<Value>

/** A variable: how it is read, and its value where it is not set. */
interface Setting<Value> {
  readonly read: Reader<Value>
  readonly otherwise: Value
}

type Settings = Readonly<Record<string, Setting<unknown>>>
type ValuesOf<All extends Settings> = { readonly [Name in keyof All]: All[Name]['otherwise'] }

/** Declares a variable. */
export const setting = <Value, Otherwise = Value>(
  read: Reader<Value>,
  otherwise: Value | Otherwise,
): Setting<Value | Otherwise> => ({ read, otherwise })

/** A value made of the text; where nothing can be made of it, this is said. */
export const made =
  <Value>(make: (text: string) => Value | undefined, code: NewsroomKey): Reader<Value> =>
  (text) => {
    const value = make(text)
    return value === undefined ? { problem: complaint(code) } : { value }
  }

/** A text that fits; of one that does not, this is said. */
export const fitting = (isFit: (text: string) => boolean, code: NewsroomKey): Reader<string> =>
  made((text) => (isFit(text) ? text : undefined), code)

/** Any text. */
export const anyText: Reader<string> = (value) => ({ value })

/** A name of at most so many characters. */
export const nameUpTo =
  (most: number): Reader<string> =>
  (text) => {
    const value = text.trim()
    if (value === '') return { problem: complaint('schema.shortest', { least: 1 }) }
    return value.length > most ? { problem: complaint('schema.longest', { most }) } : { value }
  }

/** Whether something is on. */
export const onOrOff: Reader<boolean> = (text) =>
  text === 'on' || text === 'off'
    ? { value: text === 'on' }
    : { problem: complaint('schema.choice', { choices: { oneOf: ['on', 'off'] } }) }

/** A number within limits; of what is none, this is said. */
export const numberWithin =
  (least: number, most: number, code: NewsroomKey): Reader<number> =>
  (text) => {
    const value = Number(text)
    if (!Number.isFinite(value)) return { problem: complaint(code) }
    if (value < least) return { problem: complaint('schema.number-least', { least }) }
    return value > most ? { problem: complaint('schema.number-most', { most }) } : { value }
  }

/** The same for a whole number. */
export const wholeWithin =
  (least: number, most: number, code: NewsroomKey): Reader<number> =>
  (text) =>
    Number.isFinite(Number(text)) && !Number.isInteger(Number(text))
      ? { problem: complaint('schema.whole-number') }
      : numberWithin(least, most, code)(text)

/** Reads variables. What is empty is not set. Throws one Refusal that names every one that is wrong. */
export function readVariables<All extends Settings>(settings: All, variables: Variables): ValuesOf<All> {
  const lines: Complaint[] = []
  const entries = Object.entries(settings).map(([name, { read, otherwise }]) => {
    const given = variables[name]
    if (given === undefined || given === '') return [name, otherwise] as const
    const found = isPlain(given) ? read(String(given)) : { problem: complaint('schema.text') }
    if ('value' in found) return [name, found.value] as const
    lines.push(complaint('config.variable', { name, problem: found.problem }))
    return [name, otherwise] as const
  })
  if (lines.length > 0) throw new Refusal('config.unusable', { problems: { lines } })
  return Object.fromEntries(entries) as ValuesOf<All>
}

/** Whether a value can be typed in as text: variables of a Worker may be numbers. */
const isPlain = (value: unknown) => typeof value === 'string' || typeof value === 'number'
