import { z } from 'zod'
import { say } from '../../kernel/http/form.ts'
import type { Action } from './rules/transitions.ts'

const NOTE_MAX = 4000

/** Text as people type it, up to so many characters. */
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

const requestId = z.uuid().describe('Chosen before sending: the same id again is the same work, done once')
const version = z.coerce.number().int().min(1).optional().describe('The version you were looking at; a dossier that moved since is refused')
const optionalNote = upTo(NOTE_MAX).optional()
const reason = upTo(NOTE_MAX).min(1, { message: say('Viết lý do.', 'Give the reason.') })
const items = z.array(upTo(500).min(1)).max(40, { message: say('Nhiều nhất 40 giấy tờ.', '40 papers at most.') })
const emailInput = z
  .email({ message: say('Địa chỉ thư điện tử chưa đúng, ví dụ ten@example.vn.', 'This is no e-mail address, such as name@example.vn.') })
  .max(200)
const receivedBy = upTo(200).optional()
const day = z.iso.date({ message: say('Chọn một ngày.', 'Choose a day.') })
const amountVnd = z.coerce
  .number()
  .int()
  .min(1, { message: say('Nhập số tiền.', 'Enter the amount.') })
  .max(1e13)
const agencyCode = z.string().regex(/^[0-9A-Z]+(\.[0-9A-Z]+)*$/, { message: say('Chọn cơ quan.', 'Choose the agency.') })

/** A phone number as people write it: 0 or +84 and nine digits. */
export const phone = z
  .string()
  .trim()
  .regex(/^(0|\+?84)(?:[\s.-]?\d){9}$/, {
    message: say('Số điện thoại có 10 chữ số, bắt đầu bằng 0.', 'A phone number has 10 digits and begins with 0.'),
  })
  .transform((typed) => typed.replace(/\D/g, '').replace(/^84/, '0'))
const paperName = upTo(300).min(1)

/** A file handed in before, as `POST /files` answered: its content's name, size in bytes, media type, and the receipt for it. */
export const storedFile = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  size: z.number().int().min(1),
  type: z.string().max(100),
  receipt: z.string().max(60).describe('Given to whoever handed the file in; worth nothing to anybody else'),
})

export const paperInput = z.object({
  componentCode: z.string().max(60).nullish(),
  name: paperName,
  file: storedFile.nullish(),
  reused: z.boolean().optional(),
})

const base = { requestId, version }
const papers = z.array(paperInput).max(60)

/** What each action takes, beside the dossier. */
export const inputs = {
  receive: z.object({ ...base, note: optionalNote }),
  refuse: z.object({ ...base, note: reason, ground: z.string().max(60).describe('Code of the legal ground, from the dated list') }),
  assign: z.object({ ...base, assigneeId: z.uuid({ message: say('Chọn người thụ lý.', 'Choose who processes it.') }), note: optionalNote }),
  note: z.object({ ...base, note: reason, papers: papers.optional() }),
  'request-supplement': z.object({
    ...base,
    note: reason,
    items: items.optional(),
    confirmed: z.boolean().optional().describe('A further round is wanted, knowing that the index counts the dossier late'),
  }),
  'answer-supplement': z.object({ ...base, note: optionalNote, papers: papers.optional() }),
  'submit-for-signature': z.object({ ...base, note: optionalNote }),
  'send-back': z.object({ ...base, note: reason }),
  issue: z.object({ ...base, note: optionalNote, results: papers, electronic: z.boolean() }),
  return: z.object({ ...base, note: optionalNote, receivedBy }),
  withdraw: z.object({ ...base, note: reason }),
  stop: z.object({ ...base, note: reason }),
  pay: z.object({
    ...base,
    amountVnd,
    online: z.boolean(),
    note: optionalNote,
  }),
  digitise: z.object({ ...base, number: z.coerce.number().int().min(1), file: storedFile }),
  'request-payment': z.object({ ...base, note: reason, amountVnd, items: items.optional() }),
  'settle-payment': z.object({
    ...base,
    note: optionalNote,
    amountVnd: amountVnd.optional().describe('Paid to the office now'),
    online: z.boolean().optional(),
    elsewhere: z.boolean().optional().describe('Paid to the treasury or a bank; the officer has seen the proof'),
    cancelled: z.boolean().optional().describe('Nothing is asked for any more'),
  }),
  extend: z.object({ ...base, note: reason, day: day.describe('The new day, at that day’s closing time') }),
  reschedule: z.object({ ...base, note: reason }),
  recall: z.object({
    ...base,
    note: reason,
    decisionNumber: upTo(100).min(1, { message: say('Ghi số quyết định.', 'Give the number of the decision.') }),
    decisionDay: day,
  }),
  'mark-uncollected': z.object({ ...base, note: optionalNote }),
  resume: z.object({ ...base, note: reason }),
  transfer: z.object({ ...base, note: reason, agencyCode, receptionAgencyCode: agencyCode.optional() }),
  correct: z.object({
    ...base,
    note: reason,
    applicant: z
      .object({
        name: upTo(200).min(1, { message: say('Nhập họ tên.', 'Enter the name.') }),
        number: z.string().trim().max(20).nullable(),
        phone: phone.nullable(),
        email: emailInput.nullable(),
      })
      .partial()
      .optional(),
    channel: z.enum(['online', 'counter', 'post']).optional(),
    assisted: z.boolean().optional(),
    feeVnd: z.coerce.number().int().min(0).max(1e13).optional(),
    papers: z
      .array(
        z.object({
          number: z.number().int().min(1),
          name: paperName.optional(),
          reused: z.boolean().optional(),
          voided: z.boolean().optional(),
        }),
      )
      .max(100)
      .optional(),
  }),
  undo: z.object({ ...base, note: reason }),
} as const satisfies Record<Action, z.ZodType>

/** What is typed into the page of a step, checked there by the same limits. */
export const typedInput = z.object({ note: optionalNote, items: items.optional(), receivedBy, resultName: paperName.optional() })

export const applicantInput = z.object({
  name: upTo(200).min(1, { message: say('Nhập họ tên.', 'Enter the name.') }),
  number: z.string().trim().max(20).nullish(),
  phone: phone.nullish(),
  email: emailInput.nullish(),
})

/** What filing takes. */
export const submitInput = z.object({
  requestId,
  procedureCode: z.string().min(1).max(40),
  agencyCode,
  receptionAgencyCode: agencyCode.optional(),
  channel: z.enum(['online', 'counter', 'post']).optional(),
  applicant: applicantInput,
  submitterId: z.uuid().nullish(),
  formCode: z.string().max(60).nullish(),
  formVersion: z.number().int().min(1).nullish(),
  answers: z.record(z.string(), z.unknown()).optional(),
  papers: papers.optional(),
  receive: z.boolean().optional(),
  paid: z.object({ amountVnd: z.number().int().min(1), online: z.boolean() }).optional(),
})
