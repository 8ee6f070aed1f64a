import type { Text } from '../../../kernel/i18n/index.ts'
import type { VersionBody } from './procedure.ts'

export interface Difference {
  readonly part: keyof VersionBody
  readonly label: Text
  readonly before: unknown
  readonly after: unknown
}

const labels: Partial<Record<keyof VersionBody, Text>> = {
  name: { vi: 'Tên', en: 'Name' },
  field: { vi: 'Lĩnh vực', en: 'Field' },
  tiers: { vi: 'Cấp', en: 'Tiers' },
  resolver: { vi: 'Cơ quan giải quyết', en: 'Who resolves' },
  serviceLevel: { vi: 'Mức độ trực tuyến', en: 'Service level' },
  timeLimit: { vi: 'Thời hạn', en: 'Time limit' },
  fees: { vi: 'Phí, lệ phí', en: 'Fees' },
  components: { vi: 'Thành phần hồ sơ', en: 'Components' },
  results: { vi: 'Kết quả', en: 'Results' },
  steps: { vi: 'Các bước nội bộ', en: 'Internal steps' },
  process: { vi: 'Quy trình nội bộ', en: 'Internal process' },
  linked: { vi: 'Thủ tục liên thông', en: 'Linked procedures' },
  lifeEvents: { vi: 'Sự kiện', en: 'Life events' },
  legalBasis: { vi: 'Căn cứ pháp lý', en: 'Legal basis' },
  form: { vi: 'Biểu mẫu điện tử', en: 'E-form' },
  keywords: { vi: 'Từ khóa tìm kiếm', en: 'Search words' },
  description: { vi: 'Lời giải thích cho người dân', en: 'Description for citizens' },
  abolished: { vi: 'Bãi bỏ', en: 'Abolished' },
}

/** JSON with its keys in order, so that equal bodies compare equal however they were stored. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  if (value && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, part]) => part !== undefined)
    return `{${entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part)}`)
      .join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}

/** What a new version would change, part by part; empty when nothing would. */
export const differences = (before: VersionBody, after: VersionBody): Difference[] =>
  (Object.keys(labels) as (keyof VersionBody)[])
    .filter((part) => canonical(before[part]) !== canonical(after[part]))
    .map((part) => ({ part, label: labels[part] as Text, before: before[part], after: after[part] }))

/** The allowances of new internal steps for a changed time limit: the old shares of the new total, in quarter units; the longest step takes the rest. */
export function rescaleSteps<S extends { allowance: number }>(steps: readonly S[], total: number): S[] {
  const before = steps.reduce((sum, { allowance }) => sum + allowance, 0)
  if (steps.length === 0 || before === 0) return [...steps]
  const scaled = steps.map((step) => ({ ...step, allowance: Math.floor(((step.allowance * total) / before) * 4) / 4 }))
  const longest = scaled.reduce((best, step, place) => (step.allowance > (scaled[best]?.allowance ?? 0) ? place : best), 0)
  const rest = total - scaled.reduce((sum, { allowance }) => sum + allowance, 0)
  return scaled.map((step, place) => (place === longest ? { ...step, allowance: Math.round((step.allowance + rest) * 1000) / 1000 } : step))
}
