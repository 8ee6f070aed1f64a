import { sql } from 'kysely'
import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import type { Tier } from '../rules/procedure.ts'
import { inForceOn } from '../store.ts'

/** How many procedures of one kind of resolver are in force, and how far each is ready for the net. */
export interface ProcedureCounts {
  readonly tiers: readonly Tier[]
  /** The agency that resolves them; null: whatever unit of those tiers the dossier's place names. */
  readonly agencyCode: string | null
  readonly procedures: number
  /** Published with everything a person needs: who may ask, papers, results, time limit, steps, legal basis (NĐ 63/2010/NĐ-CP Art. 8(2)). */
  readonly complete: number
  readonly online: number
  /** Wholly online (toàn trình); the other online ones are partly so. */
  readonly full: number
  readonly withFee: number
  readonly payableOnline: number
  /** For persons (not organisations): those that belong to an event of life. */
  readonly forPersons: number
  /** … and filled in from the person's verified account. */
  readonly populationData: number
}

/** The catalogue on a day in numbers, a line for each group of tiers and resolving agency. */
export async function countProcedures(tx: Tx, on: Day): Promise<ProcedureCounts[]> {
  const { rows } = await sql<ProcedureCounts>`
    select v.tiers, v.resolver_agency as "agencyCode", count(*) as procedures, count(*) filter (where v.complete) as complete,
      count(*) filter (where v.service_level <> 'none') as online, count(*) filter (where v.service_level = 'full') as full,
      count(*) filter (where v.fee_vnd > 0 or v.fee_assessed) as "withFee",
      count(*) filter (where (v.fee_vnd > 0 or v.fee_assessed) and v.service_level <> 'none') as "payableOnline",
      count(*) filter (where v.life_events <> '{}') as "forPersons",
      count(*) filter (where v.life_events <> '{}' and v.form_code is not null) as "populationData"
    from procedure_version v
    where ${inForceOn(on)}
    group by 1, 2`.execute(tx)
  return rows
}
