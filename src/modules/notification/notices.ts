import { z } from 'zod'
import type { NewEvent } from '../../kernel/events.ts'

/** The paper that is the thing itself: its source (named in `src/rooms.ts`), which one, as which file. */
const enclosed = z.object({ source: z.string().min(1), id: z.uuid(), file: z.string().regex(/^[a-z]{2,5}$/) })
export type Enclosed = z.output<typeof enclosed>

/** What a notice says, to whom, and why. `key` names the reason: nobody is told twice for one reason. Lines of `body` are paragraphs. */
const asked = z.object({
  officerIds: z.array(z.uuid()),
  key: z.string().min(1).max(200),
  title: z.string().min(1),
  body: z.string(),
  href: z.string().regex(/^\/(?!\/)/),
  enclosed: enclosed.optional(),
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
