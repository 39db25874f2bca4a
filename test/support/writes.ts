import type { CompiledQuery } from 'kysely'

/** The statements that write, of those that were sent: sent again in their order, they bring an empty database to where it was. */
export const writesOf = (sent: readonly CompiledQuery[]) => sent.filter(({ sql }) => !/^\s*select\b/i.test(sql))
