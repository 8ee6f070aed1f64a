import { StartupError } from '../kernel/startup-error.ts'

/** A day given on the command line. Throws `StartupError` naming the option. */
export function checkDay(option: string, text: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  if (day?.toJSON()?.slice(0, 10) === text) return text
  throw new StartupError({
    vi: `${option}: "${text}" không phải ngày dạng YYYY-MM-DD`,
    en: `${option}: "${text}" is not a date like YYYY-MM-DD`,
  })
}
