import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Day } from '../../../kernel/clock.ts'
import { dataFolder } from '../../../kernel/paths.ts'
import type { Thresholds } from '../rules/anomalies.ts'

const count = z.number().int().positive()
const file = z.strictObject({
  versions: z
    .array(
      z.strictObject({
        validFrom: z.iso.date(),
        basis: z.string(),
        certainty: z.enum(['provincial']),
        assistedShare: z.strictObject({ least: count, share: z.number().positive().max(1) }),
        onePhone: z.strictObject({ persons: count }),
        oneAccount: z.strictObject({ persons: count }),
        oneDevice: z.strictObject({ persons: count }),
        burst: z.strictObject({ least: count, times: z.number().min(1), lastDays: count }),
        takenBack: z.strictObject({ minutes: count, withinDays: count, least: count }),
        stopClock: z.strictObject({ hours: z.number().positive(), least: count }),
      }),
    )
    .min(1),
})

let read: readonly Thresholds[] | undefined

/** The thresholds in force on a day (data/anomalies); before the first version, the first one. Throws when the file is not as described. */
export function thresholdsOn(day: Day): Thresholds {
  read ??= file
    .parse(JSON.parse(readFileSync(join(dataFolder, 'anomalies', 'thresholds.json'), 'utf8')))
    .versions.sort((a, b) => a.validFrom.localeCompare(b.validFrom))
  return (read.findLast(({ validFrom }) => validFrom <= day) ?? read[0]) as Thresholds
}
