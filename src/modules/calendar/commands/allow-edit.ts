import { allow, allowAtRoot } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'

/** A day of one agency is changed by whoever reaches it; a day of everyone's (`''`) by whoever holds the role at the top of the province. */
export function allowEdit(cx: Context, agencyCode: string): void {
  if (agencyCode === '') allowAtRoot(cx, 'calendar.edit')
  else allow(cx, 'calendar.edit', { agencyCode })
}
