import type { Temporal } from 'temporal-polyfill'
import type { Refusal } from '../../../kernel/errors.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { citizenRefusals, messagesTooOften, messageTooLong, tooManyFiles } from '../citizen-errors.ts'
import type { CitizenRule } from '../citizen-law.ts'
import type { Dossier } from './dossier.ts'

/** A file as a message, a draft or a trial names it: its content is in the file store. */
export interface AttachedFile {
  readonly name: string
  readonly sha256: string
  /** Bytes. */
  readonly size: number
  readonly type: string
}

export interface Message {
  readonly text: string
  readonly files: readonly AttachedFile[]
}

const HOURS_A_DAY = 24

/** Whether a message may be sent now: something in it, not too much of it, not too often, and not long after the dossier ended. */
export function decideMessage(
  dossier: Pick<Dossier, 'closedAt'>,
  { text, files }: Message,
  sentWithinTheHour: number,
  rule: CitizenRule['messages'],
  now: Temporal.Instant,
): Result<Message, Refusal> {
  const said = text.trim()
  if (!said && files.length === 0) return refuse(citizenRefusals.messageEmpty)
  if (said.length > rule.length) return refuse(messageTooLong(rule.length))
  if (files.length > rule.files) return refuse(tooManyFiles(rule.files))
  const until = dossier.closedAt?.add({ hours: rule.daysAfterClosing * HOURS_A_DAY })
  if (until && until.epochMilliseconds < now.epochMilliseconds) return refuse(citizenRefusals.messagesClosed)
  if (sentWithinTheHour >= rule.perHour) return refuse(messagesTooOften(rule.perHour))
  return ok({ text: said, files })
}
