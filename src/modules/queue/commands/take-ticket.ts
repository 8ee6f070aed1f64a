import { dayOf } from '../../../kernel/clock.ts'
import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import { record } from '../../../kernel/events.ts'
import { ok, type Result } from '../../../kernel/result.ts'
import { loadDirectory } from '../../organisation/index.ts'
import { dayFull, unknownCategory, unknownCounter } from '../errors.ts'
import { categoryOf } from '../rules/settings.ts'
import { codeOf, takeTicket as take } from '../rules/ticket.ts'
import * as store from '../store.ts'
import { type TicketView, viewOf } from '../view.ts'

export interface TakeTicket {
  readonly agencyCode: string
  readonly category: string
  /** Code of the ground for going first. */
  readonly ground?: string | null | undefined
}

/**
 * Takes a number; anybody may, without an account. `secret` lets whoever holds it follow the ticket.
 * Refusals: queue.unknown-counter, input.invalid (category), queue.day-full.
 */
export async function takeTicket(cx: Context, input: TakeTicket): Promise<Result<TicketView & { secret: string }>> {
  const day = dayOf(cx.now)
  const directory = await loadDirectory(cx.tx)
  if (!directory.find(input.agencyCode, day)) throw new Refused(unknownCounter)
  const settings = await store.settingsAt(cx.tx, input.agencyCode, day)
  const category = categoryOf(settings, input.category)
  if (!category) throw new Refused(unknownCategory)
  const ground = settings.priority.grounds.find(({ code }) => code === input.ground)?.code ?? null
  const id = cx.id()
  const secret = Buffer.from(cx.random(12)).toString('base64url')

  const number = await store.nextNumber(cx.tx, input.agencyCode, day, category.letter)
  if (number > settings.dailyMost) throw new Refused(dayFull(category.name))
  const code = codeOf(category.letter, number)
  const { event, next } = take(
    id,
    { agencyCode: input.agencyCode, day, code, series: category.letter, number, category: category.letter, ground },
    cx.now,
  )

  await store.insertTicket(cx.tx, next, secret)
  const view = { ...viewOf(next), secret }
  await record(cx, { events: [{ type: event.type, subject: id, agencyCode: input.agencyCode, data: event.data }], result: view })
  return ok(view)
}
