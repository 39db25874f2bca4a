import type { NewsroomTables } from './newsroom-tables'
import type { PeopleTables } from './people-tables'
import type { ProgramsTables } from './programs-tables'
import type { ReadersTables } from './readers-tables'

/** The tables as `db/migrations` makes them. Columns that hold JSON are typed as text; the store that owns a table reads them. */
export interface Schema extends NewsroomTables, ReadersTables, PeopleTables, ProgramsTables {}
