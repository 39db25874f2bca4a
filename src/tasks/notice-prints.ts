import { listSlugsPrinted } from '../editions/prints-store'
import { lastPrint } from '../editions/store'
import type { Means } from './means'

/**
 * Drops the pages that prints have changed since the last time, whoever printed. If that cannot be told, or if the footer of all has
 * changed, drops all.
 */
export async function noticePrints({
  site: { database, readFooter },
  pages,
}: Pick<Required<Means>, 'site' | 'pages'>): Promise<void> {
  const last = await lastPrint(database)
  if (await readFooter(database, last)) pages.clear()
  pages.noticePrint(last, await listSlugsPrinted(database, pages.print, last))
}
