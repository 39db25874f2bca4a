import { memberOperations } from './member-operations'
import { newsroomOperations } from './newsroom-operations'
import { publishingOperations } from './publishing-operations'
import { readingOperations } from './reading-operations'

/** Everything that programs can ask of the site. */
export const operations = { ...readingOperations, ...newsroomOperations, ...publishingOperations, ...memberOperations } as const

export type Operations = typeof operations
export type OperationName = keyof Operations
