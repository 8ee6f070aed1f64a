import { z } from 'zod'
import { civilDay, say } from '../../kernel/http/form.ts'

const words = (max: number, missing = say('Chưa ghi mục này.', 'This was left empty.')) =>
  z
    .string()
    .trim()
    .min(1, { message: missing })
    .max(max, { message: say(`Viết ngắn lại: nhiều nhất ${max} ký tự.`, `Make it shorter: ${max} characters at most.`) })
const name = words(200, say('Ghi tên chiến dịch.', 'Give the campaign a name.'))
const decision = words(200, say('Ghi văn bản quyết định.', 'Name the decision.'))
const day = civilDay(say('Nhập ngày đúng.', 'Enter a real day.'))
const emptyIsNone = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' || value === null ? undefined : value), schema.optional())

export const tierInput = z.enum(['province', 'district', 'commune'])

/** What a target takes: a rate as a share (0.8), a score in points. */
export const addTargetInput = z.object({
  aimKind: z.enum(['rate', 'score'], { message: say('Chọn chỉ số.', 'Choose an aim.') }),
  aimCode: words(100),
  scope: z.enum(['all', 'tier', 'unit'], { message: say('Chọn áp dụng cho ai.', 'Choose for whom.') }),
  tier: emptyIsNone(tierInput),
  unitCode: emptyIsNone(z.string().trim().max(35)),
  begins: day,
  ends: emptyIsNone(day),
  comparator: z.enum(['at_least', 'at_most']).default('at_least'),
  value: z.coerce
    .number({ message: say('Ghi một con số.', 'Enter a number.') })
    .min(0)
    .max(1000),
  source: words(300, say('Ghi văn bản.', 'Name the document.')),
})
export type AddTarget = z.output<typeof addTargetInput>

export const endTargetInput = z.object({ ends: day })

/** A target of a campaign: of a tier, or of one unit (`H12.144@2025-07-01`). A rate as a share, a score (`score:766`) in points. */
const campaignTarget = z
  .object({ aim: z.string().max(100), tier: tierInput.optional(), unit: z.string().max(60).optional(), value: z.number().min(0).max(1000) })
  .refine(({ tier, unit }) => (tier === undefined) !== (unit === undefined))
export type CampaignTarget = z.output<typeof campaignTarget>

const targets = z.array(campaignTarget).min(1, { message: say('Đặt ít nhất một chỉ tiêu.', 'Set at least one target.') })
const units = z.array(z.string().max(60)).max(1000)

export const createCampaignInput = z.object({
  name,
  decision,
  begins: day,
  ends: day,
  targets,
  /** Codes, or units as they were on a day; none: every unit of a tier with a target. */
  units: units.default([]),
})
export type CreateCampaign = z.input<typeof createCampaignInput>

/** Why a published campaign is changed; a draft needs no reason. */
const reason = emptyIsNone(words(500))

export const changeCampaignInput = z.object({ name, decision, begins: day, ends: day, reason })
export const changeTargetsInput = z.object({ targets, reason })
export const changeUnitsInput = z.object({ units, reason })
export const endCampaignInput = z.object({ ends: day, reason: words(500) })
export const cancelCampaignInput = z.object({ reason: words(500) })

export const addTaskInput = z.object({
  what: words(500, say('Ghi việc cần làm.', 'Say what is to be done.')),
  unitCode: words(35, say('Chọn đơn vị.', 'Choose a unit.')),
  officerId: emptyIsNone(z.uuid()),
  due: day,
})
export type AddTask = z.output<typeof addTaskInput>

export const dropTaskInput = z.object({ reason: words(500) })

export const finishTaskInput = z.object({ note: words(1000) })
