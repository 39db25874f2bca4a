import type { Sight } from '../briefings/segments'
import type { Tier } from '../briefings/vocabulary'
import type { Bytes } from '../delivery/kept'
import type { Locale } from '../language/locale'
import type { AccessToken } from '../members/token'
import type { LiveSite } from '../site'
import type { AnswerOf, Body, Params, Query } from './operation'
import type { OperationName, Operations } from './operations'

/** One call of an operation. All its parts fit their schemas. */
export interface Call<Name extends OperationName> {
  /** With the database that serves readers. */
  readonly site: LiveSite
  /** With the primary database. */
  readonly newsroom: LiveSite
  readonly params: Params<Operations[Name]>
  readonly query: Query<Operations[Name]>
  readonly body: Body<Operations[Name]>
  readonly request: Request
  readonly token: Operations[Name] extends { readonly access: 'open' } ? AccessToken | undefined : AccessToken
  /** Whose printed texts the caller reads: those of everyone, or of the highest tier. */
  readonly tier: Tier
  /** Which of the newsroom's texts the caller sees. */
  readonly sight: Sight
}

/** What an answer says beside its content. */
interface Headings {
  readonly language?: Locale
  /** An entity tag, in its quotes. */
  readonly etag?: string | undefined
  /** Where the next page is: a path of this site. */
  readonly next?: string | undefined
  readonly headers?: Readonly<Record<string, string>>
}

/** An answer as it is sent. */
export type Reply =
  | ({
      readonly status: number
      readonly content?: { readonly text: string | Bytes; readonly type: string }
      readonly isReplayed?: true
    } & Headings)
  | { readonly movedTo: string }

export type Handlers = { readonly [Name in OperationName]: (call: Call<Name>) => Promise<Reply> }

export const json = 'application/json; charset=utf-8'

type Content<Name extends OperationName, Status> = Extract<AnswerOf<Operations[Name]>, { readonly status: Status }>['content']

/** A value as the answer of an operation is sent. A value that does not fit its schema does not compile. */
export const asSent = <Name extends OperationName, Status extends AnswerOf<Operations[Name]>['status']>(
  _name: Name,
  _status: Status,
  value: Content<Name, Status>,
): string => JSON.stringify(value)

/** The answer of an operation. */
export const reply = <Name extends OperationName, Status extends AnswerOf<Operations[Name]>['status']>(
  name: Name,
  status: Status,
  value: Content<Name, Status>,
  headings: Headings = {},
): Reply => ({ status, content: { text: asSent(name, status, value), type: json }, ...headings })
