import type { Temporal } from 'temporal-polyfill'
import { dayOf } from '../../../kernel/clock.ts'
import type { Database, Province } from '../../../kernel/database/index.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { procedureNames } from '../../catalogue/index.ts'
import { byAgency, byTier, type Group, measures, rates, readLines, type Tier } from '../../indicator/index.ts'
import { compareCodes, type OrganisationDirectory, unitsDuring } from '../../organisation/index.ts'
import { reportRefusals } from '../errors.ts'
import { type Answer, type CountedLine, rowsOf } from '../rules/answer.ts'
import { daysOf, isRate, isTooWide, MOST_LINES, type Question, queryOf, type Value } from '../rules/question.ts'

const tiers: readonly Tier[] = ['province', 'district', 'commune']

/** The name of a value in Vietnamese, as files bear it. */
export const valueName = (value: Value): string =>
  (isRate(value) ? rates.find(({ code }) => code === value) : measures.find(({ code }) => code === value))?.name.vi ?? value

/** Answers a question with exact counts of this moment. Refuses what would be too many lines, in words that say what to narrow. */
export async function answerQuestion(
  db: Database,
  province: Province,
  directory: OrganisationDirectory,
  question: Question,
  now: Temporal.Instant,
): Promise<Result<Answer>> {
  const days = daysOf(question, dayOf(now))
  const versions = unitsDuring(directory, days)
    .filter(({ tier, code }) => (question.tier === null || tier === question.tier) && (question.unit === null || code === question.unit))
    .sort((a, b) => tiers.indexOf(a.tier) - tiers.indexOf(b.tier) || compareCodes(a.code, b.code) || (a.validFrom < b.validFrom ? -1 : 1))
  if (isTooWide(question, days, { units: versions.length, procedures: 2000 })) return refuse(reportRefusals.tooWide)
  const units = byAgency(versions, days)
  const total: Group = { key: 'total', name: 'Toàn tỉnh', tier: null, validFrom: null, members: units.flatMap(({ members }) => members) }
  const groups = question.by === 'unit' ? units : question.by === 'tier' ? byTier(versions, days) : [total]
  const step = question.step === 'quarter' ? 'month' : question.step
  const byProcedure = question.byProcedure || question.procedure !== null
  const lines = await db.read(province, (tx) =>
    readLines(tx, {
      period: days,
      groups,
      procedureCode: question.procedure,
      channel: question.channel,
      by: {
        ...(step === 'none' ? {} : { series: step }),
        procedure: byProcedure,
        channel: question.byChannel || question.channel !== null,
      },
    }),
  )
  const counted = lines.flatMap((line): CountedLine[] =>
    line.group
      ? [
          {
            key: line.group.key,
            name: line.group.name,
            validFrom: line.group.validFrom,
            day: line.day,
            procedure: line.procedureCode,
            channel: line.channel,
            counts: line.counts,
          },
        ]
      : [],
  )
  const names = byProcedure
    ? await db.read(province, (tx) => procedureNames(tx, [...new Set(counted.flatMap(({ procedure }) => procedure ?? []))]))
    : new Map<string, string>()
  const rows = rowsOf(
    question,
    counted,
    days.to,
    groups.map(({ key, validFrom }) => `${key} ${validFrom}`),
    (code) => names.get(code) ?? code,
  )
  if (rows.length > MOST_LINES) return refuse(reportRefusals.tooWide)
  return ok({
    format: 1,
    question: queryOf(question),
    days,
    step: question.step,
    asOf: now.toString({ smallestUnit: 'second' }),
    values: question.values.map((code) => ({ code, name: valueName(code), kind: isRate(code) ? 'rate' : 'count' })),
    byProcedure,
    byChannel: question.byChannel || question.channel !== null,
    rows,
  })
}
