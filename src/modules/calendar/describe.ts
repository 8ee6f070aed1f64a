import type { Day } from '../../kernel/clock.ts'
import { fill, type Text } from '../../kernel/i18n/index.ts'
import type { CalendarChange } from './input.ts'

const said = (day: Day): string => `${day.slice(8)}/${day.slice(5, 7)}/${day.slice(0, 4)}`

const who = (agencyCode: string): Text => (agencyCode === '' ? { vi: 'cả tỉnh', en: 'whole province' } : { vi: agencyCode, en: agencyCode })

const tell = (text: Text, values: Record<string, string | number>, agencyCode: string): Text => ({
  vi: `${fill(text, values).vi}, ${who(agencyCode).vi}`,
  en: `${fill(text, values).en}, ${who(agencyCode).en}`,
})

/** A change in one line: "nghỉ ngày 17/11/2026: Nghỉ tránh bão số 9, cả tỉnh". */
export function describeChange(change: CalendarChange): Text {
  switch (change.kind) {
    case 'set-day': {
      const { day, kind, name, agencyCode } = change.value
      const text =
        kind === 'closed'
          ? { vi: 'nghỉ ngày {day}: {name}', en: 'closed on {day}: {name}' }
          : { vi: 'làm việc ngày {day}: {name}', en: 'open on {day}: {name}' }
      return tell(text, { day: said(day), name }, agencyCode)
    }
    case 'remove-day':
      return tell({ vi: 'bỏ ngày riêng {day}', en: 'local day {day} taken back' }, { day: said(change.value.day) }, change.value.agencyCode)
    case 'set-hours':
      return tell(
        change.value.inherits
          ? { vi: 'giờ làm việc theo cơ quan cấp trên từ {day}', en: 'hours of the agency above from {day}' }
          : { vi: 'giờ làm việc từ {day}', en: 'opening hours from {day}' },
        { day: said(change.value.validFrom) },
        change.value.agencyCode,
      )
    case 'remove-hours':
      return tell(
        { vi: 'bỏ giờ làm việc riêng từ {day}', en: 'own hours from {day} taken back' },
        { day: said(change.value.validFrom) },
        change.value.agencyCode,
      )
    case 'set-rules':
      return tell(
        { vi: 'cách tính hạn từ {day}', en: 'rules of counting from {day}' },
        { day: said(change.value.validFrom) },
        change.value.agencyCode,
      )
    case 'remove-rules':
      return tell(
        { vi: 'bỏ cách tính hạn riêng từ {day}', en: 'own rules from {day} taken back' },
        { day: said(change.value.validFrom) },
        change.value.agencyCode,
      )
    case 'set-years': {
      const years = [...new Set(change.value.days.map(({ day }) => day.slice(0, 4)))].sort().join(', ')
      return fill({ vi: 'lịch nghỉ năm {years}', en: 'days off of {years}' }, { years })
    }
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** With a capital, where it begins a line. */
export const asHeading = ({ vi, en }: Text): Text => ({ vi: capital(vi), en: capital(en) })
