import { z } from 'zod'
import { say } from '../../kernel/http/form.ts'
import { mailAddress } from '../../kernel/mailbox.ts'
import { isUsername, normaliseUsername } from './rules/username.ts'

const optionalText = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .default('')
    .transform((typed) => typed || null)

/** A mail address as it is typed: one that a mail server takes, or none. */
const optionalAddress = optionalText(254).refine(
  (typed) => typed === null || mailAddress(typed) !== undefined,
  say('Ghi một địa chỉ thư, như ten@so.tinh.vn, hoặc để trống.', 'Write one mail address, like name@office.vn, or leave it empty.'),
)

/** Where an officer is reached, as it is typed. */
export const officerContactInput = z.object({ phone: optionalText(20), email: optionalAddress })

/** An officer's account as it is typed, on a page or on the command line. */
export const officerInput = z.object({
  username: z
    .string()
    .default('')
    .transform(normaliseUsername)
    .refine(
      isUsername,
      say(
        'Tên đăng nhập gồm 3–60 chữ thường không dấu, số, dấu chấm; bắt đầu bằng chữ.',
        'A user name has 3–60 lower-case letters, digits or dots and begins with a letter.',
      ),
    ),
  name: z
    .string()
    .default('')
    .transform((typed) => typed.normalize('NFC').replace(/\s+/g, ' ').trim())
    .refine((name) => name.length >= 2 && name.length <= 120, say('Nhập họ và tên.', 'Enter the full name.')),
  position: z.string().trim().max(200).default(''),
  agencyCode: z.string(say('Chọn đơn vị.', 'Choose a unit.')).min(1, say('Chọn đơn vị.', 'Choose a unit.')),
  phone: optionalText(20),
  email: optionalAddress,
  temporaryPassword: z.string().default(''),
})
