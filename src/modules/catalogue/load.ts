import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { createAccess } from '../../kernel/access/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Context } from '../../kernel/context.ts'
import type { Database, Province } from '../../kernel/database/index.ts'
import { record } from '../../kernel/events.ts'
import type { ImportContext } from '../../kernel/import.ts'
import { dataFolder } from '../../kernel/paths.ts'
import { versionPublished } from './events.ts'
import { type ProcedureFile, procedureFileSchema } from './rules/procedure.ts'
import { missingVersions } from './rules/publish.ts'
import { insertFields, insertLifeEvents, insertVersions, type LifeEvent, type NamedCode, type NewVersion, versionsOf } from './store.ts'

export interface CatalogueData {
  readonly fields: readonly NamedCode[]
  readonly lifeEvents: readonly LifeEvent[]
  readonly procedures: readonly ProcedureFile[]
}

const named = z.strictObject({ code: z.string(), name: z.strictObject({ vi: z.string(), en: z.string() }) })
const eventFile = named.extend({ hint: z.strictObject({ vi: z.string(), en: z.string() }) })

/** Reads a folder like data/catalogue: fields, life events, one file a procedure. Throws with the file's name when one is wrong. */
export async function readCatalogue(folder: string = join(dataFolder, 'catalogue')): Promise<CatalogueData> {
  const json = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(folder, name), 'utf8'))
  const names = (await readdir(join(folder, 'procedures'))).filter((name) => name.endsWith('.json')).sort()
  const procedures = await Promise.all(
    names.map(async (name) => {
      const read = procedureFileSchema.safeParse(await json(`procedures/${name}`))
      if (!read.success) throw new Error(`${name}: ${z.prettifyError(read.error)}`)
      return read.data
    }),
  )
  return {
    fields: z
      .array(named)
      .parse(await json('fields.json'))
      .map(({ code, name }) => ({ code, ...name })),
    lifeEvents: z
      .array(eventFile)
      .parse(await json('life-events.json'))
      .map(({ code, name, hint }) => ({ code, ...name, hintVi: hint.vi, hintEn: hint.en })),
    procedures,
  }
}

/** The context of a machine that fills the catalogue from files: it asks nobody, and what it did says so. */
export const loader = (cx: ImportContext, command: string): Context => ({
  ...cx,
  actor: { kind: 'system', name: 'import' },
  requestId: cx.id(),
  command,
  locale: 'vi',
  access: createAccess([], { isWithin: () => false }),
  random: (bytes) => crypto.getRandomValues(new Uint8Array(bytes)),
})

/**
 * Loads the shipped catalogue into a province, in one transaction. What is already there is left alone, so a second call
 * changes nothing. Returns how many versions were added.
 */
export async function loadCatalogue(host: { db: Database; clock: Clock }, province: Province, folder?: string): Promise<number> {
  const data = await readCatalogue(folder)
  return host.db.write(province, async (tx) => {
    const now = host.clock()
    const known = await versionsOf(
      tx,
      data.procedures.map(({ code }) => code),
    )
    const added = data.procedures.flatMap(({ code, codeCertainty, versions }): NewVersion[] => {
      const there = (known.get(code) ?? []).map((one) => ({ ...one, abolished: one.body.abolished }))
      const last = Math.max(0, ...there.map(({ version }) => version))
      const shipped = versions.map(({ validFrom, ...body }) => ({ validFrom, body }))
      return missingVersions(there, shipped).map((version, place) => ({
        ...version,
        id: randomUUID(),
        code,
        codeCertainty,
        version: last + place + 1,
        publishedAt: now.toString(),
        publishedBy: 'Dữ liệu kèm theo',
      }))
    })
    await insertFields(tx, data.fields)
    await insertLifeEvents(tx, data.lifeEvents)
    await insertVersions(
      tx,
      added,
      new Map(data.fields.map(({ code, vi }) => [code, vi])),
      new Map(data.lifeEvents.map(({ code, vi }) => [code, vi])),
    )
    if (added.length > 0)
      await record(loader({ tx, now, province, id: randomUUID }, 'catalogue.load'), { events: added.map(versionPublished) })
    return added.length
  })
}
