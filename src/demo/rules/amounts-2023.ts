import * as exact from '../../kernel/rational.ts'
import { type Amounts, type SchemeVersion, scoreUnit } from '../../modules/scheme/index.ts'
import { apportion } from './apportion.ts'
import { published2023 } from './published-2023.ts'
import { type Random, random } from './random.ts'
import type { DemoProcedure } from './simulated-procedures.ts'
import type { WorkDays } from './working-days.ts'
import type { DemoDossier } from './year.ts'

/** What the catalogue says of its procedures on the last day of the year. */
export type CatalogueAmounts = Pick<
  Amounts,
  | 'procedures'
  | 'procedures_complete'
  | 'procedures_online'
  | 'procedures_with_fee'
  | 'procedures_payable_online'
  | 'procedures_for_persons'
  | 'procedures_population_data'
>

/** Counts what the house will count of the same rows (src/modules/dossier/measures.ts), for the province and by unit and month. */
export class YearCount {
  readonly #amounts = { received: 0, on_time: 0, online: 0, online_complete: 0, fee_due: 0, paid_online: 0 }
  readonly #more = { result_due: 0, result_given: 0, digitised_complete: 0, reused: 0, late: 0 }
  readonly #online = new Set<string>()
  readonly #paid = new Set<string>()
  /** Dossiers received: unit → twelve months. */
  readonly byMonth = new Map<string, number[]>()
  readonly #results: ReadonlyMap<string, boolean>
  readonly #days: WorkDays

  constructor(procedures: readonly DemoProcedure[], days: WorkDays) {
    this.#results = new Map(procedures.map(({ code, returnsResult }) => [code, returnsResult]))
    this.#days = days
  }

  add(one: DemoDossier): void {
    const online = one.channel === 'online'
    const owes = this.#results.get(one.procedure_code) ?? true
    const answered = one.result_electronic || !owes
    const due = this.#days.name(this.#days.after(this.#days.index(one.due_at.slice(0, 10)), one.supplement_working_days))
    const inTime = one.completed_at <= (one.supplement_working_days > 0 ? due + one.due_at.slice(10) : one.due_at)
    const paid = one.fee_vnd > 0 && one.paid_online
    const n = this.#amounts
    const m = this.#more
    n.received += 1
    n.on_time += Number(inTime)
    m.late += Number(!inTime)
    n.online += Number(online)
    n.online_complete += Number(online && answered)
    n.fee_due += Number(one.fee_vnd > 0)
    n.paid_online += Number(paid)
    // What was stopped owes no document.
    m.result_due += Number(owes && one.status !== 8)
    m.result_given += Number(owes && one.status !== 8 && one.result_electronic)
    m.digitised_complete += Number(one.papers_total > 0 && one.papers_digitised === one.papers_total && answered)
    m.reused += Number(one.papers_reused > 0)
    if (online) this.#online.add(one.procedure_code)
    if (paid) this.#paid.add(one.procedure_code)
    const months = this.byMonth.get(one.agency_code) ?? Array.from({ length: 12 }, () => 0)
    const month = Number(one.received_at.slice(5, 7)) - 1
    months[month] = (months[month] ?? 0) + 1
    this.byMonth.set(one.agency_code, months)
  }

  /** The province's amounts without what is reported: nobody filed from an account, nobody complained, nothing is still open. */
  amounts(): Amounts {
    return {
      ...this.#amounts,
      ...this.#more,
      open_in_time: 0,
      population_data: 0,
      complained: 0,
      petitions: 0,
      petitions_on_time: 0,
      petitions_unsatisfied: 0,
      procedures_online_filed: this.#online.size,
      procedures_paid_online: this.#paid.size,
    }
  }
}

/** One line of reported.csv. */
export interface ReportedLine {
  readonly quantity: string
  readonly agency_code: string
  readonly month: string
  readonly value: number
  readonly source: string
}

const SIMULATED = 'mô phỏng, không phải số báo cáo thật'
const sources = {
  announced: `Tổng hợp công bố, công khai thủ tục năm 2023 (${SIMULATED})`,
  portal: `Cổng Dịch vụ công quốc gia năm 2023 (${SIMULATED})`,
  copies: `Tổng hợp chứng thực điện tử năm 2023 (${SIMULATED})`,
} as const

const sum = (list: readonly number[]): number => list.reduce((all, one) => all + one, 0)
const spread = (total: number, weights: readonly number[]): number[] =>
  apportion(
    total,
    weights,
    weights.map(() => total),
  )
const monthOf = (i: number): string => `2023-${String(i + 1).padStart(2, '0')}`

/**
 * What a year leaves to be reported from outside, so that the province's score is the published one: every figure but one is drawn
 * by chance, and dossiers with a paper from the personal store are as many as the rest of the score asks for.
 * Throws when the published score cannot be reached.
 */
export function reported2023(seed: string, year: YearCount, catalogue: CatalogueAmounts, version: SchemeVersion): ReportedLine[] {
  const chance = random(`${seed} báo cáo`)
  const months = Array.from({ length: 12 }, (_, i) => i)
  const received = months.map((i) => sum([...year.byMonth.values()].map((list) => list[i] ?? 0)))
  const lines: ReportedLine[] = []
  const add = (quantity: string, source: string, values: readonly number[], agency = 'H12'): void => {
    for (const [i, value] of values.entries()) lines.push({ quantity, agency_code: agency, month: monthOf(i), value, source })
  }
  const yearly: Record<string, number> = {}
  const province = (quantity: string, source: string, values: readonly number[]): void => {
    yearly[quantity] = sum(values)
    add(quantity, source, values)
  }

  const decisions = months.map(() => 4 + chance.below(18))
  province('decisions', sources.announced, decisions)
  province('decisions_on_time', sources.announced, lessFew(decisions, 0.03, chance))
  const publications = decisions.map((n) => n + chance.below(4))
  province('publications', sources.announced, publications)
  province('publications_on_time', sources.announced, lessFew(publications, 0.05, chance))
  const copies = received.map((n) => Math.round(n * (0.08 + 0.02 * chance.next())))
  province('certified_copies_due', sources.copies, copies)
  province(
    'certified_copies_electronic',
    sources.copies,
    copies.map((n, i) => Math.round(n * (0.12 + 0.03 * i) * (0.9 + 0.2 * chance.next()))),
  )

  // What reached the National Portal, unit by unit; the province is their sum.
  const national = months.map(() => 0)
  const synced = months.map(() => 0)
  for (const [agency, own] of year.byMonth) {
    const known = own.map((n) => n + (chance.chance(0.3) ? chance.below(3) : 0))
    const sent = own.map((n) => n - binomial(n, 0.015, chance))
    add('national_received', sources.portal, known, agency)
    add('synced', sources.portal, sent, agency)
    for (const i of months) {
      national[i] = (national[i] ?? 0) + (known[i] ?? 0)
      synced[i] = (synced[i] ?? 0) + (sent[i] ?? 0)
    }
  }
  province('national_received', sources.portal, national)
  province('synced', sources.portal, synced)

  const known: Amounts = { ...year.amounts(), ...catalogue, ...yearly }
  const total = sum(received)
  const scored = (fromVault: number): exact.Rational => scoreUnit(version, 'province', { ...known, from_vault: fromVault }).total
  const vault = vaultFor(exact.decimal(Number(published2023.index)), total, scored)
  province(
    'from_vault',
    sources.portal,
    spread(
      vault,
      received.map((n, i) => n * (1 + i / 6)),
    ),
  )
  return lines
}

/** The middle of the counts that give a score, from 0 to `most`; the score never falls as the count grows. */
function vaultFor(wanted: exact.Rational, most: number, scored: (count: number) => exact.Rational): number {
  const first = (good: (score: exact.Rational) => boolean): number => {
    let [low, high] = [0, most + 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (good(scored(middle))) high = middle
      else low = middle + 1
    }
    return low
  }
  const from = first((score) => exact.atLeast(score, wanted))
  const past = first((score) => exact.compare(score, wanted) > 0)
  if (from > most || past === from)
    throw new RangeError(
      `a score from ${exact.written(scored(0), 2)} to ${exact.written(scored(most), 2)} has no ${exact.written(wanted, 2)}`,
    )
  return Math.floor((from + past - 1) / 2)
}

/** How many of n things happen, each by the same chance. */
function binomial(n: number, p: number, chance: Random): number {
  let count = 0
  for (let i = 0; i < n; i += 1) count += Number(chance.chance(p))
  return count
}

const lessFew = (list: readonly number[], p: number, chance: Random): number[] => list.map((n) => n - binomial(n, p, chance))
