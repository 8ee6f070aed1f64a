import { z } from 'zod'
import type { App } from '../../kernel/app.ts'
import type { Tx } from '../../kernel/database/index.ts'
import { Refused } from '../../kernel/errors.ts'
import { type ApiRoute, apiRoute } from '../../kernel/http/api.ts'
import { civilDay, say } from '../../kernel/http/form.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { countProcedures } from '../catalogue/index.ts'
import { type Group, type Period, readLines } from '../indicator/index.ts'
import { directoryOf } from '../organisation/index.ts'
import { type ByChannel, portalCounters, portalGroups, portalMetrics } from './portal-shape.ts'
import { oneUnit, provinceUnit, rankedUnits, type ScoredLine, scoreUnits } from './queries/scores.ts'
import { NATIONAL } from './schemes.ts'

const day = civilDay(say('Ngày phải có dạng YYYY-MM-DD.', 'A date looks like YYYY-MM-DD.')).optional()
const whole = (from: number, to: number) => z.coerce.number().int().min(from).max(to).optional()

const query = z
  .object({
    from: day,
    to: day,
    timeType: z.enum(['year', 'quarter', 'month']).optional().meta({ description: 'Instead of from and to, as the portal asks.' }),
    year: whole(2000, 2100),
    quarter: whole(1, 4),
    month: whole(1, 12),
    unit: z.string().max(35).optional().meta({ description: 'Agency code; without it the whole province, with its units as children.' }),
    formalityId: z.string().max(40).optional().meta({ description: 'Procedure code: asked for avgProcessingDays only.' }),
  })
  .refine((asked) => periodOf(asked) !== undefined, {
    path: ['from'],
    error: say(
      'Cho from và to, hoặc timeType với year (và quarter hoặc month).',
      'Give from and to, or timeType with year (and quarter or month).',
    ),
  })

/** The days that a question names, in this house's way or the portal's. */
function periodOf(asked: {
  from?: string | undefined
  to?: string | undefined
  timeType?: 'year' | 'quarter' | 'month' | undefined
  year?: number | undefined
  quarter?: number | undefined
  month?: number | undefined
}): Period | undefined {
  const { from, to, timeType, year, quarter, month } = asked
  if (from && to) return from <= to ? { from, to } : undefined
  if (!timeType || !year) return undefined
  const months =
    timeType === 'year' ? [1, 12] : timeType === 'quarter' ? quarter && [quarter * 3 - 2, quarter * 3] : month && [month, month]
  if (!months) return undefined
  const [first = 1, last = 12] = months
  const text = (at: Date): string => at.toISOString().slice(0, 10)
  return { from: text(new Date(Date.UTC(year, first - 1, 1))), to: text(new Date(Date.UTC(year, last, 0))) }
}

const number = z.number().nullable()
const counter = (description: string) => number.meta({ description })
const counters = {
  totalReceived: counter('Dossiers received in the period.'),
  totalOnTime: counter('Done on time, or still open and in time (2.1).'),
  totalOverdue: counter('totalReceived − totalOnTime.'),
  avgProcessingDays: counter('Working days a dossier, only with formalityId (2.2).'),
  authorityCount: counter('Procedures in force on the last day.'),
  partialCount: counter('Partly online; of the whole province only.'),
  fullCount: counter('Wholly online; of the whole province only.'),
  onlineDossierCount: counter('Online services with at least one dossier filed online (3.2).'),
  onlineServiceTotal: counter('Procedures offered online.'),
  channelOnlineSum: counter('Received online.'),
  channelDirectSum: counter('Received at a counter.'),
  channelPostalSum: counter('Received by post.'),
  channelTotalSum: counter('Received in any way.'),
  onlineOnTimeSum: counter('Filed online, done on time.'),
  onlineOverdueSum: counter('Filed online, done late.'),
  totalDossierOnlinePaymentSuccess: counter('Dossiers paid online (3.6).'),
  totalDossierFinancialObligation: counter('Dossiers with something to pay.'),
  totalDossierOnlineFormalityPaymentSuccess: counter('Procedures with an online payment (3.5b).'),
  totalFeeDossierFormalityDistinct: counter(
    'Procedures with a dossier that had something to pay; null unless the scheme asks for it (3.5b).',
  ),
  totalFeeDossierFormality: counter('Procedures with a fee that can be paid online (3.5).'),
  totalFeeFormality: counter('Procedures with a fee.'),
}
const department = z.object({ departmentCode: z.string(), departmentName: z.string(), level: z.string(), ...counters })

const response = z.object({
  code: z.literal('OK'),
  message: z.string(),
  data: z.object({
    from: z.string(),
    to: z.string(),
    asOf: z.string(),
    groupScores: z.array(z.object({ code: z.string(), name: z.string(), score: number, maxScore: z.number() })),
    metrics: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        numerator: number,
        denominator: number,
        ratio: number,
        score: number,
        maxScore: z.number(),
        missingMonths: z
          .array(z.string())
          .readonly()
          .meta({ description: 'Months such as 2026-03 that are over and have no reported figure; the counts are without them.' }),
      }),
    ),
    parent: department,
    children: z.array(department),
  }),
})

/** Counts of each unit by channel. Groups must not share an agency's day. */
async function readChannels(tx: Tx, period: Period, groups: readonly Group[]): Promise<ReadonlyMap<Group, ByChannel>> {
  const found = new Map<Group, ByChannel>(groups.map((group) => [group, {}]))
  for (const { group, channel, counts } of await readLines(tx, { period, groups, onlyGroups: true, by: { channel: true } }))
    if (group && channel) found.set(group, { ...found.get(group), [channel]: counts })
  return found
}

/** GET /api/v1/index/portal: what the National Portal publishes of a province, by its own names, for whoever compares the two. */
export const portalApi = (app: App): ApiRoute =>
  apiRoute({
    method: 'GET',
    path: '/index/portal',
    entry: { action: 'board.see' },
    summary: {
      vi: 'Số liệu theo hình dạng và tên gọi của Cổng DVCQG; null là chưa có số liệu, không phải 0',
      en: "Counters in the National Portal's shape and names; null is unknown, never 0",
    },
    tag: 'index',
    query,
    response,
    handler: async (_c, { query: asked }) => {
      const now = app.clock()
      const period = periodOf(asked) as Period
      try {
        const directory = await directoryOf(app, app.province)
        const parent = asked.unit ? oneUnit(directory, period, asked.unit) : provinceUnit(directory, period)
        const children = asked.unit ? [] : rankedUnits(directory, period)
        const data = await app.db.snapshot(app.province, async (tx) => {
          const read = async (units: typeof children, procedure?: string) => {
            const { lines } = await scoreUnits(tx, { period, scheme: NATIONAL, procedure }, units, now)
            const channels = await readChannels(
              tx,
              period,
              units.map(({ group }) => group),
            )
            return lines.map((line) => ({ line, channels: channels.get(line.unit.group) ?? {} }))
          }
          const services = parent.level === 'province' ? await countProcedures(tx, period.to) : null
          const full = services?.reduce((sum, one) => sum + one.full, 0) ?? 0
          const online = services?.reduce((sum, one) => sum + one.online, 0) ?? 0
          const named = ({ unit }: ScoredLine) => ({ departmentCode: unit.group.key, departmentName: unit.group.name, level: unit.level })
          const [whole] = await read([parent], asked.formalityId)
          if (!whole) throw new Error('a unit was not scored')
          const units = children.length > 0 ? await read(children) : []
          return {
            ...period,
            asOf: now.toString(),
            groupScores: portalGroups(whole.line),
            metrics: portalMetrics(whole.line),
            parent: { ...named(whole.line), ...portalCounters(whole.line, whole.channels, services && { partial: online - full, full }) },
            children: units.map(({ line, channels }) => ({ ...named(line), ...portalCounters(line, channels, null) })),
          }
        })
        return ok({ code: 'OK' as const, message: '', data })
      } catch (error) {
        if (error instanceof Refused) return refuse(error.refusal)
        throw error
      }
    },
  })
