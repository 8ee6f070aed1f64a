import { z } from 'zod'
import { say } from '../../kernel/http/form.ts'
import { levels } from './rules/rating.ts'

const upTo = (max: number) =>
  z
    .string()
    .trim()
    .max(max, {
      message: say(
        `Viết ngắn lại: nhiều nhất ${max.toLocaleString('vi-VN')} ký tự.`,
        `Make it shorter: ${max.toLocaleString('en')} characters at most.`,
      ),
    })

export const CONTENT_MAX = 4000

const requestId = z.uuid().describe('Chosen before sending: the same id again is the same work, done once')
const version = z.coerce
  .number()
  .int()
  .min(1)
  .optional()
  .describe('The version you were looking at; a petition that moved since is refused')
const words = upTo(CONTENT_MAX).min(1, { message: say('Viết vài lời.', 'Write a few words.') })
const agencyCode = z.string().regex(/^[0-9A-Z]+(\.[0-9A-Z]+)*$/, { message: say('Chọn cơ quan.', 'Choose an agency.') })

/** A phone number as people write it: 0 or +84 and nine digits. */
const phone = z
  .string()
  .trim()
  .regex(/^(0|\+?84)(?:[\s.-]?\d){9}$/, {
    message: say('Số điện thoại có 10 chữ số, bắt đầu bằng 0.', 'A phone number has 10 digits and begins with 0.'),
  })

/** What filing a petition takes. */
export const fileInput = z.object({
  content: upTo(CONTENT_MAX).min(20, {
    message: say('Kể rõ hơn một chút: chuyện gì, ở đâu, khi nào.', 'Say a little more: what happened, where, when.'),
  }),
  name: upTo(200)
    .min(1, { message: say('Nhập họ tên.', 'Enter your name.') })
    .optional(),
  phone: phone.optional(),
  agencyCode: agencyCode.optional(),
  mayPublish: z.boolean().optional(),
})

/** What each step takes. */
export const stepInputs = {
  classify: z.object({
    version,
    classCode: z
      .string()
      .min(1, { message: say('Chọn một loại.', 'Choose a class.') })
      .max(40),
  }),
  assign: z.object({ version, assigneeId: z.uuid({ message: say('Chọn một người.', 'Choose somebody.') }) }),
  refuse: z.object({ version, note: words }),
  ask: z.object({ version, note: words }),
  accept: z.object({ version, note: upTo(CONTENT_MAX).default('') }),
  transfer: z.object({ version, agencyCode, note: words }),
  draft: z.object({ version, answer: words, publish: z.boolean().default(false) }),
  'send-back': z.object({ version, note: words }),
  sign: z.object({ version }),
  publish: z.object({
    version,
    title: upTo(200).min(1, { message: say('Viết tiêu đề.', 'Write a title.') }),
    content: words,
    answer: words,
  }),
  unpublish: z.object({ version, note: words }),
  note: z.object({ version, note: words }),
} as const

export const rateInput = z.object({
  level: z.enum(levels as ['good', 'fair', 'poor'], { message: say('Chọn một trong ba.', 'Choose one of the three.') }),
  scores: z.record(z.string().max(40), z.coerce.number().int().min(0).max(10)).optional(),
  comment: upTo(2000).optional(),
})

export const limitInput = z.object({
  validFrom: z.iso.date({ message: say('Nhập ngày.', 'Enter the day.') }),
  resolveDays: z.coerce
    .number({ message: say('Nhập số ngày làm việc.', 'Enter working days.') })
    .int()
    .min(1, { message: say('Ít nhất 1 ngày.', 'At least 1 day.') })
    .max(60, { message: say('Nhiều nhất 60 ngày.', 'At most 60 days.') }),
  basis: upTo(300).min(1, { message: say('Ghi quyết định làm căn cứ.', 'Name the decision it rests on.') }),
})

export const apiBase = { requestId }
