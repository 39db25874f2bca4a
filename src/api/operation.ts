import type * as z from 'zod'

/**
 * Who may call an operation: everyone (`open`), or a program with a token that may do something: read (`read`), see the texts for members
 * (`see-gated`), send translations (`translate`) or the English (`edit`), publish (`publish`), or give people tiers (`admit`).
 */
export type Access = 'open' | 'read' | 'see-gated' | 'translate' | 'edit' | 'publish' | 'admit'

/** The answer of an operation: a value of a schema, written in JSON, or a file in one of several media types. */
export type Content = { readonly schema: z.ZodType } | { readonly media: readonly string[] }

/** An answer as it is documented; without content it has no body. */
export interface Answer {
  readonly description: string
  readonly content?: Content
}

/** One thing that a program can ask. The router, the OpenAPI document and our client are made from it. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With its parameters in braces, as OpenAPI writes it. */
  readonly path: `/api/${string}`
  readonly tag: string
  readonly summary: string
  readonly description: string
  readonly access: Access
  /** Parameters of the path and of the query. Each has a description. Their schemas transform nothing. */
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  /** The body: a value of a schema, or a file. If it is optional, none stands for an empty object. */
  readonly body?: Content & { readonly description: string; readonly bytesMax: number; readonly isOptional?: true }
  /** Whether a request must say which state it builds upon (RFC 9110, 13.1.1): by `If-Match`, or `If-None-Match: *`. */
  readonly isConditional?: true
  /** Whether its answers have an `ETag`. A repeated reading may then be answered 304. */
  readonly isTagged?: true
  /** Whether a former slug of a briefing redirects to the present one (301). */
  readonly leadsOn?: true
  /** Answers by their status. Possible refusals follow from the other properties. */
  readonly answers: { readonly [Status in 200 | 201 | 204]?: Answer }
}

type Valued<Part> = Part extends z.ZodType ? z.output<Part> : Record<never, never>

/** A value from which a schema can be made. Nothing that is handed over is changed. */
export type Immutable<Value> = Value extends readonly (infer Item)[]
  ? readonly Immutable<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Immutable<Value[Key]> }
    : Value

/** A file, with its media type if it is an answer. */
interface File {
  readonly bytes: Uint8Array<ArrayBuffer>
}

type Payload<Part> = Part extends { readonly schema: infer Schema extends z.ZodType } ? Immutable<z.output<Schema>> : File

export type Params<One> = One extends { readonly params: infer Part } ? Valued<Part> : Record<never, never>
export type Query<One> = One extends { readonly query: infer Part } ? Valued<Part> : Record<never, never>
/** The query of a call: values of the query's schema, without those that have a default. */
export type Wanted<One> = One extends { readonly query: infer Part extends z.ZodType }
  ? { readonly [Name in keyof z.input<Part>]: Name extends keyof z.output<Part> ? z.output<Part>[Name] : never }
  : Record<never, never>
/** What is sent with an operation. */
export type Sent<One> = One extends { readonly body: infer Part } ? Payload<Part> : undefined
/** What was sent with an operation, checked against its schema. */
export type Body<One> = One extends { readonly body: infer Part }
  ? Part extends { readonly schema: infer Schema extends z.ZodType }
    ? z.output<Schema>
    : File
  : undefined

/** The answers of an operation: each status with its content. */
export type AnswerOf<One extends Operation> = {
  [Status in keyof One['answers'] & number]: {
    readonly status: Status
    readonly content: One['answers'][Status] extends { readonly content: infer Part } ? Payload<Part> : undefined
  }
}[keyof One['answers'] & number]
