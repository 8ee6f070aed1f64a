import { z } from 'zod'
import { dayOf } from '../../kernel/clock.ts'
import { type ApiRoute, apiRoute } from '../../kernel/http/api.ts'
import type { Web } from '../../kernel/http/context.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { refusals } from './errors.ts'
import { findProcedures, searchInput } from './queries/find-procedures.ts'
import { findProcedureAt } from './queries/get-procedure.ts'
import { listVersions } from './queries/lists.ts'
import { procedureCode, serviceLevels, tiers, timeUnits } from './rules/procedure.ts'
import type { ProcedureLine } from './store.ts'

const day = z.iso.date().meta({ description: 'Civil day in Vietnam; today when left out', example: '2025-07-01' })
const bilingual = z.object({ vi: z.string(), en: z.string() })

const lineSchema = z
  .object({
    code: z.string().meta({ example: '1.001193' }),
    version: z.int().meta({ description: 'Counts up within a procedure; a version never changes' }),
    name: z.string(),
    name_en: z.string(),
    field: z.string().meta({ example: 'ho-tich' }),
    tiers: z.array(z.enum(tiers)),
    service_level: z.enum(serviceLevels),
    time_limit: z.number(),
    time_unit: z.enum(timeUnits),
    fee_vnd: z.int().meta({ description: 'đồng, known before any assessment' }),
    form: z.string().nullable().meta({ description: 'Code of the e-form; null when it cannot be filed online' }),
    url: z.string(),
  })
  .meta({ id: 'ProcedureLine' })

const lineView = (line: ProcedureLine): z.input<typeof lineSchema> => ({
  code: line.code,
  version: line.version,
  name: line.name,
  name_en: line.nameEn,
  field: line.field,
  tiers: [...line.tiers],
  service_level: line.serviceLevel,
  time_limit: line.timeLimit,
  time_unit: line.timeUnit,
  fee_vnd: line.feeVnd,
  form: line.formCode,
  url: `/thu-tuc/${line.code}`,
})

const versionSchema = z
  .object({
    code: z.string(),
    version: z.int(),
    valid_from: z.string(),
    code_certainty: z.enum(['sure', 'unsure', 'imported']),
    name: bilingual,
    field: z.string(),
    tiers: z.array(z.enum(tiers)),
    resolver: z
      .record(z.string(), z.unknown())
      .meta({ description: 'Who resolves: an agency, a people’s committee at a place, or any agency of a tier' }),
    service_level: z.enum(serviceLevels),
    time_limit: z.object({ amount: z.number(), unit: z.enum(timeUnits) }),
    fees: z.array(
      z.object({
        kind: z.enum(['fee', 'charge', 'obligation']),
        name: bilingual,
        amount: z.int(),
        when: z.string(),
        exemptions: bilingual.optional(),
      }),
    ),
    components: z.array(
      z.object({
        code: z.string(),
        name: bilingual,
        original: z.int(),
        copy: z.int(),
        required: z.boolean(),
        note: bilingual.optional(),
        from_form: z.boolean(),
        held: z.string().optional(),
      }),
    ),
    results: z.array(z.object({ name: bilingual, electronic: z.boolean(), document: z.boolean() })),
    steps: z.array(z.object({ code: z.string(), name: bilingual, role: z.string(), allowance: z.number() })),
    life_events: z.array(z.string()),
    legal_basis: z.array(z.string()),
    form: z.string().nullable(),
    description: z.object({ what: bilingual, who: bilingual }).optional(),
    certainty: z.string(),
    versions: z
      .array(z.object({ version: z.int(), valid_from: z.string(), abolished: z.boolean() }))
      .meta({ description: 'Every version, newest first' }),
  })
  .meta({ id: 'ProcedureVersion' })

const today = (c: Web): string => dayOf(c.get('app').clock())

/** JSON about procedures: public, since what the law asks is nobody's secret. */
export const catalogueApi: readonly ApiRoute[] = [
  apiRoute({
    method: 'GET',
    path: '/procedures',
    entry: 'public',
    tag: 'catalogue',
    summary: {
      vi: 'Tìm thủ tục có hiệu lực vào một ngày; không cần dấu, chấp nhận gõ sai',
      en: 'Procedures in force on a day; accents not needed, slips forgiven',
    },
    query: z.object({
      q: z.string().max(400).optional(),
      field: z.string().max(80).optional(),
      tier: z.enum(tiers).optional(),
      life_event: z.string().max(80).optional(),
      service_level: z.enum(serviceLevels).optional(),
      date: day.optional(),
      page: z.coerce.number().int().min(1).max(10_000).default(1),
      page_size: z.coerce.number().int().min(1).max(200).default(20),
    }),
    response: z.object({ date: z.string(), total: z.int(), alike: z.boolean(), page: z.int(), procedures: z.array(lineSchema) }),
    handler: async (c, { query }) => {
      const on = query.date ?? today(c)
      const input = searchInput.parse({ ...query, lifeEvent: query.life_event, serviceLevel: query.service_level })
      const found = await c.get('app').db.read(c.get('province'), (tx) => findProcedures(tx, input, on, query.page_size))
      return ok({ date: on, total: found.total, alike: found.alike, page: query.page, procedures: found.items.map(lineView) })
    },
  }),
  apiRoute({
    method: 'GET',
    path: '/procedures/{code}',
    entry: 'public',
    tag: 'catalogue',
    summary: { vi: 'Một thủ tục như có hiệu lực vào một ngày', en: 'One procedure as in force on a day' },
    params: z.object({ code: procedureCode }),
    query: z.object({ date: day.optional() }),
    response: versionSchema,
    handler: async (c, { params, query }) => {
      const [found, versions] = await c
        .get('app')
        .db.read(c.get('province'), (tx) =>
          Promise.all([findProcedureAt(tx, params.code, query.date ?? today(c)), listVersions(tx, params.code)]),
        )
      if (!found) return refuse(refusals.procedureNotFound)
      const { body } = found
      return ok({
        code: found.code,
        version: found.version,
        valid_from: found.validFrom,
        code_certainty: found.codeCertainty,
        name: body.name,
        field: body.field,
        tiers: body.tiers,
        resolver: body.resolver,
        service_level: body.serviceLevel,
        time_limit: body.timeLimit,
        fees: body.fees,
        components: body.components.map(({ fromForm, ...component }) => ({ ...component, from_form: fromForm })),
        results: body.results,
        steps: body.steps,
        life_events: body.lifeEvents,
        legal_basis: body.legalBasis,
        form: body.form,
        description: body.description,
        certainty: body.certainty,
        versions: versions.map((one) => ({ version: one.version, valid_from: one.validFrom, abolished: one.body.abolished })),
      })
    },
  }),
]
