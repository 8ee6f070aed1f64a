import { type CommandHost, run } from '../../../kernel/command.ts'
import type { Province } from '../../../kernel/database/index.ts'
import { record } from '../../../kernel/events.ts'
import { derivedUuid } from '../../../kernel/id.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { noticeEvent } from '../../notification/index.ts'
import { whoLooksAfterReports } from '../queries/recipients.ts'
import type { Slot } from '../rules/settings.ts'
import { missingNotice } from '../rules/weekly-words.ts'

/** Tells the reform office and the administrators that the report of a week is not there. Once a week, however often it is asked. */
export function raiseAlarm(host: CommandHost, province: Province, slot: Slot): Promise<Result<{ told: number }>> {
  const subject = derivedUuid('weekly-report-missing', slot.week)
  const call = { province, actor: { kind: 'system', name: 'reporting' } as const, requestId: subject, name: 'reporting.alarm' }
  return run(host, call, async (cx) => {
    const officerIds = await whoLooksAfterReports(cx)
    const view = { told: new Set(officerIds).size }
    const missing = { type: 'reporting.missing', subject, data: { week: slot.week, day: slot.day } }
    const notice = {
      officerIds,
      key: `weekly-report-missing:${slot.week}`,
      ...missingNotice(slot.day, slot.settings.time),
      href: '/dieu-hanh/bao-cao',
    }
    await record(cx, { events: [missing, ...(officerIds.length > 0 ? [noticeEvent(subject, null, notice)] : [])], result: view })
    return ok(view)
  })
}
