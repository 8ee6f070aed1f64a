import { z } from 'zod'
import { dayOf } from '../../kernel/clock.ts'
import { type ApiRoute, apiRoute } from '../../kernel/http/api.ts'
import { ok, refuse } from '../../kernel/result.ts'
import { directoryOf } from './directory.ts'
import { about, refusals } from './errors.ts'
import { findUnit } from './queries/find-unit.ts'
import { type Agency, agencyKinds, certainties, tiers } from './rules/agency.ts'

const day = z.iso.date().meta({ description: 'Civil day in Vietnam; today when left out', example: '2025-07-01' })

const agencySchema = z
  .object({
    code: z.string().meta({ example: 'H12.126' }),
    name: z.string(),
    short_name: z.string(),
    tier: z.enum(tiers),
    kind: z.enum(agencyKinds),
    parent_code: z.string().nullable(),
    area_code: z.string().nullable().meta({ description: 'Administrative code; ambiguous without valid_from' }),
    valid_from: z.string(),
    valid_to: z.string().nullable().meta({ description: 'Last day, included; null while in force' }),
    certainty: z.enum(certainties),
    source: z.string(),
  })
  .meta({ id: 'Agency' })

const linkSchema = z.object({
  from: z.object({ code: z.string(), valid_from: z.string() }),
  to: z.object({ code: z.string(), valid_from: z.string() }),
  effective_day: z.string(),
  share: z.enum(['whole', 'part']).meta({ description: 'part: past figures are not allocable to the successor' }),
  source: z.string(),
})

const view = (agency: Agency): z.input<typeof agencySchema> => ({
  code: agency.code,
  name: agency.name,
  short_name: agency.shortName,
  tier: agency.tier,
  kind: agency.kind,
  parent_code: agency.parentCode,
  area_code: agency.areaCode,
  valid_from: agency.validFrom,
  valid_to: agency.validTo,
  certainty: agency.certainty,
  source: agency.source,
})

/** JSON about units: public, since who governs where is nobody's secret. */
export const organisationApi: readonly ApiRoute[] = [
  apiRoute({
    method: 'GET',
    path: '/agencies',
    entry: 'public',
    tag: 'organisation',
    summary: { vi: 'Các cơ quan vào một ngày, theo thứ tự cây', en: 'The agencies of a day, in tree order' },
    query: z.object({ date: day.optional(), tier: z.enum(tiers).optional(), within: z.string().optional() }),
    response: z.object({ date: z.string(), agencies: z.array(agencySchema) }),
    handler: async (c, { query }) => {
      const date = query.date ?? dayOf(c.get('app').clock())
      const directory = await directoryOf(c.get('app'), c.get('province'))
      return ok({ date, agencies: directory.list(date, query).map(view) })
    },
  }),
  apiRoute({
    method: 'GET',
    path: '/agencies/{code}',
    entry: 'public',
    tag: 'organisation',
    summary: { vi: 'Một cơ quan: phiên bản, nguồn gốc, đơn vị trực thuộc', en: 'One agency: versions, lineage, what lies below' },
    params: z.object({ code: z.string() }),
    query: z.object({ date: day.optional() }),
    response: z.object({
      date: z.string(),
      in_force: z.boolean(),
      agency: agencySchema,
      path: z.array(z.string()),
      versions: z.array(agencySchema),
      lineage: z.array(linkSchema),
      children: z.array(z.string()),
      hamlets: z.array(z.object({ code: z.string(), name: z.string(), certainty: z.enum(certainties) })),
    }),
    handler: async (c, { params, query }) => {
      const date = query.date ?? dayOf(c.get('app').clock())
      const directory = await directoryOf(c.get('app'), c.get('province'))
      const unit = await c.get('app').db.read(c.get('province'), (tx) => findUnit(tx, directory, params.code, date))
      if (!unit) return refuse(about(refusals.agencyNotFound, params.code))
      return ok({
        date,
        in_force: unit.inForce,
        agency: view(unit.shown),
        path: unit.path.map((agency) => agency.code),
        versions: unit.versions.map(view),
        lineage: unit.kin.map(({ link }) => ({
          from: { code: link.from.code, valid_from: link.from.validFrom },
          to: { code: link.to.code, valid_from: link.to.validFrom },
          effective_day: link.effectiveDay,
          share: link.share,
          source: link.source,
        })),
        children: unit.children.map((agency) => agency.code),
        hamlets: unit.hamlets.map(({ code, name, certainty }) => ({ code, name, certainty })),
      })
    },
  }),
]
