import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { z } from 'zod'
import { dataFolder } from '../../kernel/paths.ts'
import { type Agency, agencyKinds, certainties, type Hamlet, type Lineage, tiers } from './rules/agency.ts'

const day = z.iso.date()
const lastDay = z.union([z.literal('').transform(() => null), day])
const optional = z.string().transform((text) => (text === '' ? null : text))
const certainty = z.enum(certainties)

const agencyRow = z
  .object({
    code: z.string().min(1),
    name: z.string().min(1),
    short_name: z.string().min(1),
    tier: z.enum(tiers),
    kind: z.enum(agencyKinds),
    parent_code: optional,
    area_code: optional,
    valid_from: day,
    valid_to: lastDay,
    certainty,
    source: z.string(),
    note: z.string(),
  })
  .transform(
    (row): Agency => ({
      code: row.code,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      name: row.name,
      shortName: row.short_name,
      tier: row.tier,
      kind: row.kind,
      parentCode: row.parent_code,
      areaCode: row.area_code,
      certainty: row.certainty,
      source: row.source,
      note: row.note,
    }),
  )

const lineageRow = z
  .object({
    from_code: z.string(),
    from_valid_from: day,
    to_code: z.string(),
    to_valid_from: day,
    effective_day: day,
    share: z.enum(['whole', 'part']),
    certainty,
    source: z.string(),
    note: z.string(),
  })
  .transform(
    (row): Lineage => ({
      from: { code: row.from_code, validFrom: row.from_valid_from },
      to: { code: row.to_code, validFrom: row.to_valid_from },
      effectiveDay: row.effective_day,
      share: row.share,
      certainty: row.certainty,
      source: row.source,
      note: row.note,
    }),
  )

const hamletRow = z
  .object({
    code: z.string(),
    name: z.string(),
    kind: z.enum(['ap', 'khom', 'thon', 'to_dan_pho']),
    commune_code: z.string(),
    valid_from: day,
    valid_to: lastDay,
    certainty,
    note: z.string(),
  })
  .transform(
    (row): Hamlet => ({
      code: row.code,
      validFrom: row.valid_from,
      validTo: row.valid_to,
      name: row.name,
      kind: row.kind,
      communeCode: row.commune_code,
      certainty: row.certainty,
      note: row.note,
    }),
  )

async function readRows<S extends z.ZodType>(file: string, schema: S): Promise<z.output<S>[]> {
  const parsed = z.array(schema).safeParse(parse(await readFile(file), { columns: true, bom: true }))
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

export interface OrganisationData {
  readonly agencies: readonly Agency[]
  readonly lineage: readonly Lineage[]
  readonly hamlets: readonly Hamlet[]
}

/** Reads agencies, lineage and hamlets of a folder like data/organisation. Throws, naming the file, when one cannot be read. */
export async function readOrganisation(folder = join(dataFolder, 'organisation')): Promise<OrganisationData> {
  const [agencies, lineage, hamlets] = await Promise.all([
    readRows(join(folder, 'agencies.csv'), agencyRow),
    readRows(join(folder, 'lineage.csv'), lineageRow),
    readRows(join(folder, 'hamlets.csv'), hamletRow),
  ])
  return { agencies, lineage, hamlets }
}
