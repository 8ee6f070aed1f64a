import { addDays, type Day } from '../../../kernel/clock.ts'

/** The longest period a register is asked for, in days. */
export const LONGEST = 366

export interface RegisterAsked {
  readonly agencyCode: string | undefined
  readonly by: 'agency' | 'reception'
  readonly from: Day
  readonly to: Day
}

const dayIn = (text: string | undefined): Day | undefined => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text ?? '')) return undefined
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text ? text : undefined
}

export type RegisterTrouble = 'from' | 'to' | 'backwards' | 'tooLong'

/** What the address asks for; without days: this month so far. What is wrong with it, beside what is shown instead. */
export function readRegister(
  query: (name: string) => string | undefined,
  today: Day,
): { asked: RegisterAsked; trouble: RegisterTrouble | undefined } {
  const monthBegin = `${today.slice(0, 8)}01`
  const [from, to] = [dayIn(query('tu')), dayIn(query('den'))]
  const base = { agencyCode: query('don-vi') || undefined, by: query('so') === 'tiep-nhan' ? ('reception' as const) : ('agency' as const) }
  const usual = { ...base, from: monthBegin, to: today }
  if (query('tu') && !from) return { asked: usual, trouble: 'from' }
  if (query('den') && !to) return { asked: usual, trouble: 'to' }
  const asked = { ...base, from: from ?? (to ? addDays(to, -30) : monthBegin), to: to ?? today }
  if (asked.to < asked.from) return { asked: usual, trouble: 'backwards' }
  if (addDays(asked.from, LONGEST) <= asked.to) return { asked: usual, trouble: 'tooLong' }
  return { asked, trouble: undefined }
}

/** The same question as an address. */
export function registerAddress(path: string, { agencyCode, by, from, to }: RegisterAsked): string {
  const query = new URLSearchParams({
    tu: from,
    den: to,
    ...(by === 'reception' ? { so: 'tiep-nhan' } : {}),
    ...(agencyCode ? { 'don-vi': agencyCode } : {}),
  })
  return `${path}?${query}`
}
