import { dayOf } from '../../../kernel/clock.ts'
import { type CommandHost, run } from '../../../kernel/command.ts'
import type { Database, Province } from '../../../kernel/database/index.ts'
import { refreshDirectory } from '../../organisation/index.ts'
import { goneUnits } from '../queries/routing-transfer.ts'
import { listOpenAt } from '../routing-store.ts'
import { transferDossier } from './transfer-dossier.ts'

export interface TransferReport {
  readonly moved: number
  /** Dossiers that could not be moved, by the code of the refusal. */
  readonly refused: Readonly<Record<string, number>>
  /** Open dossiers of divided units: a person chooses. */
  readonly undecided: number
}

const BATCH = 200

/**
 * Moves open dossiers of units that one successor took over to that successor, one command a dossier; those of divided units wait for
 * a person. Again harmless: what has moved is no longer there.
 */
export async function transferMerged(
  host: CommandHost & { readonly db: Database },
  province: Province,
  only?: string,
): Promise<TransferReport> {
  const directory = await refreshDirectory(host.db, province)
  const today = dayOf(host.clock())
  const units = await host.db.read(province, (tx) => goneUnits(tx, directory, today))
  const refused: Record<string, number> = {}
  let moved = 0
  for (const unit of units) {
    const { heir } = unit
    if (heir === null || (only !== undefined && only !== unit.code)) continue
    const day = unit.lastDay.split('-').reverse().join('/')
    const note = `${unit.name} kết thúc hoạt động ngày ${day}; ${heir.name} tiếp nhận toàn bộ.`
    const tried = new Set<string>()
    for (;;) {
      const lines = (await host.db.read(province, (tx) => listOpenAt(tx, [unit.code], BATCH + tried.size))).filter(
        ({ id }) => !tried.has(id),
      )
      if (lines.length === 0) break
      for (const { id } of lines) {
        tried.add(id)
        const done = await run(host, { province, actor: { kind: 'system', name: 'merged units' }, name: 'dossier.transfer' }, (cx) =>
          transferDossier(cx, { dossierId: id, agencyCode: heir.code, note }),
        )
        if (done.ok) {
          moved += 1
          tried.delete(id)
        } else refused[done.error.code] = (refused[done.error.code] ?? 0) + 1
      }
    }
  }
  return { moved, refused, undecided: units.filter(({ heir }) => heir === null).reduce((sum, { open }) => sum + open, 0) }
}
