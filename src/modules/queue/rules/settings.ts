import type { Text } from '../../../kernel/i18n/index.ts'

/** What people come for: a letter, a name, and the catalogue's fields it covers. */
export interface Category {
  readonly letter: string
  readonly name: Text
  readonly fields: readonly string[]
  /** People who only collect a result: serving them begins at the hand-over. */
  readonly collect?: boolean | undefined
}

/** A place where people are served (Quầy 3), and the letters it calls. */
export interface PointPlan {
  readonly number: number
  readonly letters: readonly string[]
}

export interface QueueSettings {
  readonly categories: readonly Category[]
  readonly points: readonly PointPlan[]
  /** At most `inRow` people with priority one after the other at a point while somebody without waits. */
  readonly priority: { readonly inRow: number; readonly grounds: readonly { readonly code: string; readonly name: Text }[] }
  /** Who was called and comes within so many minutes goes to the end of the line, once. */
  readonly absent: { readonly returnMinutes: number }
  /** Minutes a person takes while nothing is measured. */
  readonly assumedMinutes: number
  /** Tickets a day and category. */
  readonly dailyMost: number
}

export const categoryOf = (settings: QueueSettings, letter: string): Category | undefined =>
  settings.categories.find((one) => one.letter === letter)

export const lettersOf = (settings: QueueSettings, number: number): readonly string[] =>
  settings.points.find((one) => one.number === number)?.letters ?? []

/** What cannot work: a letter twice, a point that serves nothing, a category that nobody serves. Empty when all is well. */
export function settingsFaults({ categories, points }: QueueSettings): Text[] {
  const faults: Text[] = []
  const letters = categories.map(({ letter }) => letter)
  if (new Set(letters).size < letters.length)
    faults.push({ vi: 'Mỗi lĩnh vực cần một chữ cái riêng.', en: 'Each category needs a letter of its own.' })
  if (new Set(points.map(({ number }) => number)).size < points.length)
    faults.push({ vi: 'Mỗi quầy cần một số riêng.', en: 'Each point needs a number of its own.' })
  for (const letter of letters)
    if (!points.some((point) => point.letters.includes(letter)))
      faults.push({ vi: `Chưa quầy nào phục vụ lĩnh vực ${letter}.`, en: `No point serves category ${letter}.` })
  for (const point of points) {
    const strange = point.letters.filter((letter) => !letters.includes(letter))
    if (point.letters.length === 0)
      faults.push({ vi: `Quầy ${point.number} chưa có lĩnh vực nào.`, en: `Point ${point.number} serves nothing.` })
    if (strange.length > 0)
      faults.push({
        vi: `Quầy ${point.number}: không có lĩnh vực ${strange.join(', ')}.`,
        en: `Point ${point.number}: no category ${strange.join(', ')}.`,
      })
  }
  return faults
}
