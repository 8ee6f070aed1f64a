import { z } from 'zod'

const name = z.object({ vi: z.string().trim().min(1).max(120), en: z.string().trim().min(1).max(120) })
const letter = z.string().regex(/^[A-Z]$/)

/** What is set for a counter from a day on. */
export const settingsBody = z.object({
  categories: z
    .array(z.object({ letter, name, fields: z.array(z.string().max(60)).max(60), collect: z.boolean().optional() }))
    .min(1)
    .max(12),
  points: z
    .array(z.object({ number: z.int().min(1).max(99), letters: z.array(letter).max(12) }))
    .min(1)
    .max(40),
  priority: z.object({ inRow: z.int().min(0).max(20), grounds: z.array(z.object({ code: z.string().max(40), name })).max(10) }),
  absent: z.object({ returnMinutes: z.int().min(0).max(240) }),
  assumedMinutes: z.number().min(1).max(120),
  dailyMost: z.int().min(1).max(5000),
})
