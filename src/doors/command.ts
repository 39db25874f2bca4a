/** An option that is there or not. */
interface Flag {
  readonly type: 'flag'
  readonly about: string
}

/** An argument of the command line. */
export interface Word {
  readonly about: string
  /** The only values that it takes (default: any text that is not empty). */
  readonly of?: readonly string[]
  readonly required?: true
  /** It may be given several times. */
  readonly multiple?: true
}

interface TextOption extends Word {
  readonly type: 'text'
  readonly default?: string
}

interface NumberOption {
  readonly type: 'number'
  readonly about: string
  readonly from: number
  readonly to: number
  readonly default?: number
}

export type Option = Flag | TextOption | NumberOption
type Options = Readonly<Record<string, Option>>
type Positionals = Readonly<Record<string, Word>>

/** The value of each option and argument, by name. */
export type Values = Readonly<Record<string, boolean | string | number | readonly string[] | undefined>>

type WordOf<Given> = Given extends { readonly of: readonly (infer One)[] } ? One : string
type TextOf<Given> = Given extends { readonly multiple: true }
  ? readonly WordOf<Given>[]
  : Given extends { readonly required: true } | { readonly default: string }
    ? WordOf<Given>
    : WordOf<Given> | undefined
type OptionOf<Given> = Given extends { readonly type: 'flag' }
  ? boolean
  : Given extends { readonly type: 'number' }
    ? Given extends { readonly default: number }
      ? number
      : number | undefined
    : TextOf<Given>

/** The same, typed by the definitions of a command. Every command has `--json`. */
type Given<Opts, Words> = { readonly [Name in keyof Opts]: OptionOf<Opts[Name]> } & {
  readonly [Name in keyof Words]: TextOf<Words[Name]>
} & { readonly json: boolean }

type Nothing = Readonly<Record<never, never>>

interface Definition<Opts, Words> {
  readonly name: string
  readonly about: string
  readonly options?: Opts
  /** The arguments in order. Only the last may be given several times, or be left out. */
  readonly positionals?: Words
  /** An example: what follows the name. A test runs it. */
  readonly example: string
  run(given: Given<Opts, Words>): void | Promise<void>
}

/** A command that does something. */
export interface Leaf {
  readonly name: string
  readonly about: string
  readonly options: Options
  readonly positionals: Positionals
  readonly example: string
  run(values: Values): Promise<void>
}

/** A command that has commands. */
export interface Group {
  readonly name: string
  readonly about: string
  readonly commands: readonly (Leaf | Group)[]
  /** The command that is meant if none is named. */
  readonly otherwise?: Leaf
}

export const isGroup = (command: Leaf | Group): command is Group => 'commands' in command

const json = { type: 'flag', about: 'Print JSON, for programs to read' } as const

/** Makes a command. `run` gets the values, typed by the definitions of options and arguments. */
export const command = <const Opts extends Options = Nothing, const Words extends Positionals = Nothing>({
  options,
  positionals,
  run,
  ...definition
}: Definition<Opts, Words>): Leaf => ({
  ...definition,
  options: { ...options, json },
  positionals: positionals ?? {},
  run: async (values) => await run(values as Given<Opts, Words>), // They were read by these very definitions.
})
