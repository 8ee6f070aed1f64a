import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { createAccess } from '../../kernel/access/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import type { Database, Province } from '../../kernel/database/index.ts'
import { record } from '../../kernel/events.ts'
import { dataFolder } from '../../kernel/paths.ts'
import { formPublished } from './events.ts'
import { checkDefinition } from './rules/check-definition.ts'
import { formDefinitionSchema } from './rules/definition.ts'
import { insertForms, type NewForm } from './store.ts'

/** Reads every form of a folder like data/forms. Throws with the file's name and place when one is wrong. */
export async function readForms(folder: string = join(dataFolder, 'forms')): Promise<NewForm[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    names.map(async (name) => {
      const body: unknown = JSON.parse(await readFile(join(folder, name), 'utf8'))
      const read = formDefinitionSchema.safeParse(body)
      if (!read.success) throw new Error(`${name}: ${z.prettifyError(read.error)}`)
      const [fault] = checkDefinition(read.data)
      if (fault) throw new Error(`${name}: ${fault.place} ${fault.fault}`)
      return { body, definition: read.data, stamp: createHash('sha256').update(JSON.stringify(body)).digest('hex') }
    }),
  )
}

/** Publishes the shipped forms in a province. A (code, version) already there is left alone. Returns how many were added. */
export async function loadForms(host: { db: Database; clock: Clock }, province: Province, folder?: string): Promise<number> {
  const forms = await readForms(folder)
  return host.db.write(province, async (tx) => {
    const now = host.clock()
    const added = new Set(await insertForms(tx, forms, now, 'Dữ liệu kèm theo'))
    if (added.size === 0) return 0
    const context = {
      tx,
      now,
      province,
      actor: { kind: 'system', name: 'import' } as const,
      requestId: randomUUID(),
      command: 'form.load',
      locale: 'vi' as const,
      access: createAccess([], { isWithin: () => false }),
      id: randomUUID,
      random: (bytes: number) => crypto.getRandomValues(new Uint8Array(bytes)),
    }
    const events = forms
      .filter(({ definition }) => added.has(`${definition.code}/${definition.version}`))
      .map(({ definition }) => formPublished(randomUUID(), definition))
    await record(context, { events })
    return added.size
  })
}
