import type { Day } from '../../../kernel/clock.ts'
import type { Text } from '../../../kernel/i18n/index.ts'
import { type AddressAnswer, type Answers, type GroupItem, isAddress, isEmpty } from './answers.ts'
import type { FormDefinition } from './definition.ts'

/** A commune that can be picked. (`code`, `validFrom`) names it; `code` is the 5-digit administrative code. */
export interface CommuneChoice {
  readonly code: string
  readonly validFrom: Day
  readonly name: string
}

/** Places as they are on one day: the communes of the province served, the other provinces as a whole. */
export interface AddressBook {
  readonly home: { readonly code: string; readonly name: string; readonly communes: readonly CommuneChoice[] }
  readonly others: readonly { readonly code: string; readonly name: string }[]
}

/** Stands for "a commune of another province": its name is written into the address line. */
export const ELSEWHERE = '-'

export const bookText: Record<'others' | 'elsewhere', Text> = {
  others: { vi: 'Tỉnh, thành phố khác', en: 'Other provinces' },
  elsewhere: { vi: '{province} (ghi xã, phường vào ô dưới)', en: '{province} (write the commune below)' },
}

/** The full sentence of an address: "Ấp 3, Xã Đất Mũi, Tỉnh Cà Mau". `undefined` when the place is not in the book. */
export function labelOf(
  book: AddressBook,
  address: Pick<AddressAnswer, 'province' | 'commune' | 'validFrom' | 'line'>,
): string | undefined {
  if (address.province !== book.home.code) {
    const other = book.others.find(({ code }) => code === address.province)
    return other && [address.line, other.name].filter(Boolean).join(', ')
  }
  const commune = book.home.communes.find(
    ({ code, validFrom }) => code === address.commune && (!address.validFrom || validFrom === address.validFrom),
  )
  return commune && [address.line, commune.name, book.home.name].filter(Boolean).join(', ')
}

/** An address with its label as of today; a place that is not in the book is taken as not picked. */
function settled(book: AddressBook, address: AddressAnswer): AddressAnswer {
  if (isEmpty(address)) return address
  const label = labelOf(book, address)
  // A draft may hold a unit that is gone by now: what was picked and labelled before stays.
  if (label === undefined) return address.label ? address : { province: '', commune: '', line: address.line }
  return { ...address, label }
}

/** Answers with every address labelled: what is stored reads the same for ever, whatever becomes of the unit. */
export function withLabels(definition: FormDefinition, answers: Answers, book: AddressBook): Answers {
  const labelled: Record<string, Answers[string]> = { ...answers }
  for (const field of definition.pages.flatMap(({ fields }) => fields)) {
    const value = answers[field.id]
    if (field.type === 'address' && isAddress(value)) labelled[field.id] = settled(book, value)
    if (field.type === 'group' && Array.isArray(value)) {
      const places = field.fields.filter(({ type }) => type === 'address').map(({ id }) => id)
      labelled[field.id] = (value as readonly GroupItem[]).map((item) => ({
        ...item,
        ...Object.fromEntries(places.filter((id) => isAddress(item[id])).map((id) => [id, settled(book, item[id] as AddressAnswer)])),
      }))
    }
  }
  return labelled
}
