import { sql } from 'kysely'

/** The newest revision of the English of the `briefing` in a query, published or not. */
export const newestEnglish = sql<number>`coalesce(briefing.saved_revision, briefing.revision)`
