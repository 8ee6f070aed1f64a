import type { App } from '../../../kernel/app.ts'
import { dayOf } from '../../../kernel/clock.ts'
import { findProcedures, searchInput } from '../../catalogue/index.ts'
import { countOfficers } from '../../identity/index.ts'
import { directoryOf } from '../../organisation/index.ts'

/** How many of what lies behind each link of the first page there are today, by the link's address. */
export async function countThings(app: App): Promise<Readonly<Record<string, number>>> {
  const { db, province } = app
  const today = dayOf(app.clock())
  const [directory, procedures, officers] = await Promise.all([
    directoryOf(app, province),
    db.read(province, (tx) => findProcedures(tx, searchInput.parse({}), today, 1)),
    db.read(province, countOfficers),
  ])
  return {
    '/quan-tri/co-quan': directory.list(today).length,
    '/quan-tri/thu-tuc': procedures.total,
    '/quan-tri/can-bo': officers,
  }
}
