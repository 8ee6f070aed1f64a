import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { dataFolder } from '../../kernel/paths.ts'
import { settingsBody } from './input.ts'

const file = z.array(
  z.object({ validFrom: z.iso.date(), basis: z.string(), certainty: z.enum(['official', 'recalled']), body: settingsBody }),
)
let loaded: Promise<z.infer<typeof file>> | undefined

/** What holds at a counter that has set nothing itself, by the day it begins. */
export function defaultSettings(): Promise<z.infer<typeof file>> {
  loaded ??= readFile(join(dataFolder, 'queue', 'defaults.json'), 'utf8').then((text) => file.parse(JSON.parse(text)))
  return loaded
}
