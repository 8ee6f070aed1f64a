import type { Day } from '../../../kernel/clock.ts'
import { refusals } from '../../../kernel/errors.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { countRegister, findRegister, type RegisterLine } from '../print-store.ts'
import { masked } from '../view.ts'
import { type Asker, type QueryHost, reachedCodes, readerOf } from './reader.ts'

export type { RegisterLine } from '../print-store.ts'

export interface RegisterQuestion {
  /** One agency; undefined = every one the officer answers for. */
  readonly agencyCode?: string | undefined
  readonly by: 'agency' | 'reception'
  readonly from: Day
  readonly to: Day
}

export interface Register {
  readonly lines: readonly (RegisterLine & { readonly agencyName: string; readonly receptionAgencyName: string })[]
  /** All there are; more than the lines when the list was cut. */
  readonly total: number
}

/**
 * The register of a period (form 07): what an agency, or a desk, received, in order. Two statements that agree with each other. Phone
 * numbers are whole only for who may see personal numbers there. Refusals: access.denied.
 */
export async function dossierRegister(
  host: QueryHost,
  asker: Asker,
  question: RegisterQuestion,
  page: { limit: number; skip?: number },
): Promise<Result<Register>> {
  const reader = await readerOf(host, asker)
  if (!reader.access.can(asker.actor, 'printing.register')) return refuse(refusals.denied)
  const reach = reachedCodes(reader, 'printing.register')
  const { agencyCode, by, from, to } = question
  if (agencyCode !== undefined && reach !== null && !reach.includes(agencyCode)) return refuse(refusals.denied)
  const filter = { agencyCodes: agencyCode === undefined ? reach : [agencyCode], by, from, to }
  const [lines, total] = await host.db.snapshot(asker.province, async (tx) => [
    await findRegister(tx, filter, page.limit, page.skip),
    await countRegister(tx, filter),
  ])
  const whole = new Map<string, boolean>()
  const seesWhole = (line: RegisterLine): boolean => {
    const key = `${line.agencyCode} ${line.receptionAgencyCode}`
    const known =
      whole.get(key) ?? reader.access.can(asker.actor, 'dossier.see-number', { agencyCodes: [line.agencyCode, line.receptionAgencyCode] })
    whole.set(key, known)
    return known
  }
  return ok({
    total,
    lines: lines.map((line) => ({
      ...line,
      applicantPhone: seesWhole(line) ? line.applicantPhone : masked(line.applicantPhone, 3),
      agencyName: reader.directory.name(line.agencyCode, line.receivedDay),
      receptionAgencyName: reader.directory.name(line.receptionAgencyCode, line.receivedDay),
    })),
  })
}
