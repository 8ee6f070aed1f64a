import { z } from 'zod'
import { civilDay, say } from '../../kernel/http/form.ts'
import { type RecipientRole, recipientRoles, type WeeklySettings } from './rules/settings.ts'

const tiers = ['province', 'district', 'commune'] as const

/** How a weekly report is made: what the table keeps and what a form sends. */
export const weeklySettingsSchema: z.ZodType<WeeklySettings> = z.object({
  weekday: z.coerce.number().int().min(1).max(7),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5][05]$/, say('Ghi giờ như 15:00, chẵn 5 phút.', 'Write the time like 15:00, in steps of 5 minutes.')),
  alarmAfter: z.coerce
    .number(say('Ghi số phút.', 'Give the minutes.'))
    .int()
    .min(10, say('Ít nhất 10 phút.', 'At least 10 minutes.'))
    .max(600, say('Nhiều nhất 600 phút.', 'At most 600 minutes.')),
  period: z.discriminatedUnion('kind', [
    z.object({ kind: z.enum(['year', 'quarter', 'month']) }),
    z.object({ kind: z.literal('since'), from: civilDay(say('Chọn ngày bắt đầu tính.', 'Choose the first day that is counted.')) }),
  ]),
  tiers: z.array(z.enum(tiers)),
  roles: z.array(z.enum(recipientRoles as unknown as [RecipientRole, ...RecipientRole[]])),
  officers: z.array(z.object({ id: z.uuid(), name: z.string() })).max(200),
  silentDays: z.coerce
    .number(say('Ghi số ngày.', 'Give the days.'))
    .int()
    .min(1, say('Ít nhất 1 ngày.', 'At least 1 day.'))
    .max(120, say('Nhiều nhất 120 ngày.', 'At most 120 days.')),
})
