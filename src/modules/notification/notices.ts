import { z } from 'zod'
import type { NewEvent } from '../../kernel/events.ts'

/** What a notice says, to whom, and why. `key` names the reason: nobody is told twice for one reason. */
const asked = z.object({
  officerIds: z.array(z.uuid()),
  key: z.string().min(1).max(200),
  title: z.string().min(1),
  body: z.string(),
  href: z.string().regex(/^\/(?!\/)/),
})
export type Asked = z.output<typeof asked>

/** Event by which any room asks for a notice; this room hears of it after the commit. */
export const NOTICE_ASKED = 'notice.asked'

/** A notice to be recorded among a command's events: it goes out if and only if the command commits. */
export const noticeEvent = (subject: string, agencyCode: string | null, notice: Asked): NewEvent => ({
  type: NOTICE_ASKED,
  subject,
  agencyCode,
  data: asked.parse(notice),
})

export const readAsked = (data: unknown): Asked => asked.parse(data)
