import { randomUUID } from 'node:crypto'
import type { Clock } from '../../kernel/clock.ts'
import type { Database, Province } from '../../kernel/database/index.ts'
import { refreshDirectory } from './directory.ts'
import { readOrganisation } from './files.ts'
import { takeIn } from './import.ts'
import { keyText } from './rules/agency.ts'
import { noChange } from './rules/change.ts'
import { loadOrganisation, lockTree } from './store.ts'

/**
 * Loads a folder like data/organisation (agencies, lineage, hamlets) into a province, in one transaction, as the import would.
 * What is already there is left alone, so a second call changes nothing. Returns how many rows were added.
 */
export async function loadOrganisationData(host: { db: Database; clock: Clock }, province: Province, folder?: string): Promise<number> {
  const data = await readOrganisation(folder)
  const added = await host.db.write(province, async (tx) => {
    await lockTree(tx)
    const known = await loadOrganisation(tx)
    const agencies = new Set(known.agencies.map(keyText))
    const links = new Set(known.lineage.map((link) => `${keyText(link.from)} ${keyText(link.to)}`))
    const hamlets = new Set(known.hamlets.map(keyText))
    const change = {
      ...noChange,
      put: data.agencies.filter((agency) => !agencies.has(keyText(agency))),
      lineage: data.lineage.filter((link) => !links.has(`${keyText(link.from)} ${keyText(link.to)}`)),
      putHamlets: data.hamlets.filter((hamlet) => !hamlets.has(keyText(hamlet))),
    }
    await takeIn({ tx, now: host.clock(), province, id: randomUUID }, change)
    return change.put.length + change.lineage.length + change.putHamlets.length
  })
  await refreshDirectory(host.db, province)
  return added
}
