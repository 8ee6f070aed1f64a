import { z } from 'zod'
import type { App } from '../../kernel/app.ts'
import { Refused } from '../../kernel/errors.ts'
import { type ApiRoute, apiRoute } from '../../kernel/http/api.ts'
import { civilDay, say } from '../../kernel/http/form.ts'
import { ok, type Result, refuse } from '../../kernel/result.ts'
import { directoryOf } from '../organisation/index.ts'
import { type ScoreJson, scoreJson } from './output.ts'
import { portalApi } from './portal-api.ts'
import { oneUnit, provinceUnit, rankedUnits, scoreUnits } from './queries/scores.ts'
import { qualities } from './rules/quality.ts'
import { ranked } from './rules/rank.ts'
import { NATIONAL } from './schemes.ts'

const day = civilDay(say('Ngày phải có dạng YYYY-MM-DD.', 'A date looks like YYYY-MM-DD.'))
const question = z
  .object({ from: day, to: day, scheme: z.string().max(40).default(NATIONAL) })
  .refine(({ from, to }) => from <= to, { path: ['to'], error: say('Ngày cuối ở trước ngày đầu.', 'The last day is before the first.') })
const unit = z.string().max(35).optional()
const procedure = z.string().max(40).optional()
const number = z.number().nullable()
const months = z
  .array(z.string())
  .readonly()
  .meta({ description: 'Months of the period, such as 2026-03, that are over and have no reported figure.' })
/** A `ScoreJson`, described. */
export const scoreResponse = z.object({
  scheme: z.string(),
  scheme_valid_from: z.string(),
  in_force: z.boolean(),
  from: z.string(),
  to: z.string(),
  as_of: z.string(),
  unit: z.object({ code: z.string(), name: z.string(), level: z.string() }),
  score: z.number(),
  max: z.number(),
  unknown: z.number(),
  band: z.string(),
  missing_months: months,
  groups: z.array(z.object({ code: z.string(), name: z.string(), grouping: z.string(), score: z.number(), max: z.number() })).readonly(),
  indicators: z
    .array(
      z.object({
        id: z.string(),
        code: z.string(),
        name: z.string(),
        group: z.string(),
        numerator: number,
        denominator: number,
        ratio: number,
        score: number,
        max: z.number(),
        standing: z.string(),
        missing: z.array(z.string()).readonly(),
        certainty: z.string(),
        basis: z.string(),
        quality: z.array(z.enum(qualities)).readonly(),
        missing_months: z.array(z.object({ quantity: z.string(), months })).readonly(),
      }),
    )
    .readonly(),
  win_back: z
    .array(z.object({ id: z.string(), lost: z.number(), more: z.number(), available: z.number(), winnable: z.number() }))
    .readonly(),
})

const told = async <T>(work: () => Promise<T>): Promise<Result<T>> => {
  try {
    return ok(await work())
  } catch (error) {
    if (error instanceof Refused) return refuse(error.refusal)
    throw error
  }
}

/** Scores as JSON: one unit with all its indicators, every unit in order, and the National Portal's own counters. */
export function schemeApi(app: App): ApiRoute[] {
  const one = async (
    input: z.output<typeof question> & { unit?: string | undefined; procedure?: string | undefined },
  ): Promise<ScoreJson> => {
    const now = app.clock()
    const period = { from: input.from, to: input.to }
    const directory = await directoryOf(app, app.province)
    const asked = input.unit ? oneUnit(directory, period, input.unit) : provinceUnit(directory, period)
    const wanted = { period, scheme: input.scheme, procedure: input.procedure }
    const { lines, ...chosen } = await app.db.snapshot(app.province, (tx) => scoreUnits(tx, wanted, [asked], now))
    return scoreJson(lines[0] as (typeof lines)[number], { ...chosen, period, asOf: now })
  }
  return [
    apiRoute({
      method: 'GET',
      path: '/index/score',
      entry: { action: 'board.see' },
      summary: { vi: 'Điểm bộ chỉ số của tỉnh hoặc một đơn vị', en: 'Index score of the province or a unit' },
      tag: 'index',
      query: question.safeExtend({ unit, procedure }),
      response: scoreResponse,
      handler: (_c, { query }) => told(() => one(query)),
    }),
    apiRoute({
      method: 'GET',
      path: '/index/ranking',
      entry: { action: 'board.see' },
      summary: { vi: 'Điểm của mọi đơn vị trong kỳ, cao trước', en: 'Scores of every unit of a period, highest first' },
      tag: 'index',
      query: question,
      response: z.object({
        as_of: z.string(),
        units: z.array(
          z.object({
            code: z.string(),
            name: z.string(),
            level: z.string(),
            rank: z.number().int(),
            received: number,
            score: z.number(),
            unknown: z.number(),
            missing_months: months,
          }),
        ),
      }),
      handler: (_c, { query }) =>
        told(async () => {
          const now = app.clock()
          const period = { from: query.from, to: query.to }
          const directory = await directoryOf(app, app.province)
          const { lines, ...chosen } = await app.db.snapshot(app.province, (tx) =>
            scoreUnits(tx, { period, scheme: query.scheme }, rankedUnits(directory, period), now),
          )
          const units = ranked(lines)
            .map(({ line, rank }) => ({ line, rank, json: scoreJson(line, { ...chosen, period, asOf: now }) }))
            .map(({ line, rank, json: { unit: named, score, unknown, missing_months } }) => {
              return { ...named, rank, received: line.amounts.received ?? null, score, unknown, missing_months }
            })
          return { as_of: now.toString(), units }
        }),
    }),
    portalApi(app),
  ]
}
