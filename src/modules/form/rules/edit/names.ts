import { fold } from '../../../../kernel/text.ts'
import type { FormDefinition } from '../definition.ts'

/** Codes that nobody has to think of: made of the words people read, never one that is taken. */

const folded = (words: string): string[] =>
  fold(words)
    .split(' ')
    .map((word) => word.replace(/[^a-z0-9]/g, ''))
    .filter(Boolean)

function unused(base: string, used: ReadonlySet<string>, joined: (base: string, n: number) => string): string {
  let name = base
  for (let n = 2; used.has(name); n += 1) name = joined(base, n)
  return name
}

/** "Số bản sao bạn cần" → `soBanSaoBanCan`. */
export function fieldIdFrom(label: string, used: ReadonlySet<string>): string {
  const words = folded(label).slice(0, 6)
  const camel = words.map((word, place) => (place === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('')
  const base = /^[a-z]/.test(camel) ? camel.slice(0, 40) : `cau${camel.charAt(0).toUpperCase()}${camel.slice(1, 38)}`
  return unused(base, used, (name, n) => `${name}${n}`)
}

/** "Nơi cư trú" → `noi-cu-tru`; also for codes of forms and of options. */
export function codeFrom(title: string, used: ReadonlySet<string>, otherwise = 'buoc'): string {
  const words = folded(title).slice(0, 8).join('-').slice(0, 50).replace(/-$/, '')
  const base = /^[a-z]/.test(words) ? words : words ? `${otherwise}-${words}` : otherwise
  return unused(base, used, (name, n) => `${name}-${n}`)
}

/** Every field id of a form, also those of repeated items: answers and conditions find a field by its id alone. */
export const usedIds = (definition: FormDefinition): Set<string> =>
  new Set(
    definition.pages.flatMap(({ fields }) =>
      fields.flatMap((field) => [field.id, ...(field.type === 'group' ? field.fields.map(({ id }) => id) : [])]),
    ),
  )
