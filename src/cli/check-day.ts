import { isDay } from '../kernel/clock.ts'
import { StartupError } from '../kernel/startup-error.ts'

/** A day given on the command line. Throws `StartupError` naming the option. */
export function checkDay(option: string, text: string): string {
  if (isDay(text)) return text
  throw new StartupError({
    vi: `${option}: "${text}" không phải ngày dạng YYYY-MM-DD`,
    en: `${option}: "${text}" is not a date like YYYY-MM-DD`,
  })
}
