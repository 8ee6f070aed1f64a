import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Day } from '../../kernel/clock.ts'
import { dataFolder } from '../../kernel/paths.ts'
import type { OrganisationDirectory } from '../organisation/index.ts'
import type { AddressBook } from './rules/address-book.ts'

const provincesFile = z.object({
  source: z.string(),
  provinces: z.array(z.object({ code: z.string(), name: z.string(), validFrom: z.iso.date() })),
})
type Provinces = z.output<typeof provincesFile>['provinces']

let provinces: Promise<Provinces> | undefined

const listProvinces = (): Promise<Provinces> => {
  provinces ??= readFile(join(dataFolder, 'places/provinces.json'), 'utf8').then((text) => provincesFile.parse(JSON.parse(text)).provinces)
  return provinces
}

/** "UBND xã Đất Mũi" and "Ủy ban nhân dân xã Đất Mũi" are the committee; the place is "Xã Đất Mũi". */
export function placeName(agencyName: string): string {
  const name = agencyName.replace(/^(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND)\s+/iu, '')
  return name.charAt(0).toUpperCase() + name.slice(1)
}

/** Places that can be picked on a day: communes of the province served (from its agencies), the other provinces as a whole. */
export async function addressBookOf(
  directory: OrganisationDirectory,
  province: { code: string; name: string },
  on: Day,
): Promise<AddressBook> {
  const names = new Map<string, string>()
  for (const { code, name, validFrom } of await listProvinces()) if (validFrom <= on || !names.has(code)) names.set(code, name)
  const communes = directory
    .list(on, { tier: 'commune' })
    .filter(({ kind, areaCode }) => kind === 'people_committee' && areaCode !== null)
    .map(({ areaCode, validFrom, name }) => ({ code: areaCode ?? '', validFrom, name: placeName(name) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'vi'))
  const others = [...names].filter(([code]) => code !== province.code).map(([code, name]) => ({ code, name }))
  return { home: { code: province.code, name: province.name, communes }, others: others.sort((a, b) => a.name.localeCompare(b.name, 'vi')) }
}
