import type * as z from 'zod'

/** A JSON Schema of the 2020-12 draft, which is that of OpenAPI 3.1. */
export type Schema = z.core.JSONSchema.JSONSchema

/** A parameter of a request. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly description: string
  readonly required: boolean
  readonly schema: Schema
  readonly example?: string | number
}

/** A header of an answer. */
export interface Header {
  readonly description: string
  readonly required: boolean
  readonly schema: Schema
}

/** A reference to something under `components`. */
export interface Reference {
  readonly $ref: string
}

export type Media = Readonly<Record<string, { readonly schema?: Schema }>>

/** An answer with one status. */
export interface ResponseObject {
  readonly description: string
  readonly headers?: Readonly<Record<string, Reference>>
  readonly content?: Media
}

export interface DocumentedOperation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly description: string
  readonly security: readonly Readonly<Record<string, readonly string[]>>[]
  readonly parameters: readonly (Parameter | Reference)[]
  readonly requestBody?: { readonly description: string; readonly required: boolean; readonly content: Media }
  readonly responses: Readonly<Record<string, ResponseObject | Reference>>
}

/** The API as a document (OpenAPI 3.1). */
export interface OpenApi {
  readonly openapi: string
  readonly info: Readonly<Record<'title' | 'version' | 'summary' | 'description', string>> & {
    readonly license: { readonly name: string; readonly identifier: string }
  }
  readonly servers: readonly { readonly url: string }[]
  readonly tags: readonly { readonly name: string; readonly description: string }[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>
    readonly headers: Readonly<Record<string, Header>>
    readonly parameters: Readonly<Record<string, Parameter>>
    readonly responses: Readonly<Record<string, ResponseObject>>
    readonly securitySchemes: Readonly<Record<string, Readonly<Record<string, string>>>>
  }
}
