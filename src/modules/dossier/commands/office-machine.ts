import { z } from 'zod'
import { allow } from '../../../kernel/access/index.ts'
import type { Context } from '../../../kernel/context.ts'
import { record } from '../../../kernel/events.ts'
import { say } from '../../../kernel/http/form.ts'
import { ok, type Result, refuse } from '../../../kernel/result.ts'
import { endMachine, findMachineById, putMachine } from '../device-store.ts'
import { unknownMachine } from '../errors.ts'

export const nameMachineInput = z.object({
  agencyCode: z.string().min(1).max(60),
  name: z
    .string()
    .trim()
    .min(1, say('Đặt tên cho máy, ví dụ Máy tính bảng tổ công nghệ số ấp 3.', 'Name the machine, such as the hamlet team’s tablet.'))
    .max(100, say('Tên quá dài.', 'The name is too long.')),
})

/**
 * Names the machine somebody sits at as one an office helps people with: what is filed from it is recorded as filed with help from that
 * office. The log names the machine, never its mark.
 */
export async function nameMachine(
  cx: Context,
  input: z.output<typeof nameMachineInput> & { readonly mark: string },
): Promise<Result<{ id: string }>> {
  const actor = allow(cx, 'dossier.assist', { agencyCode: input.agencyCode })
  const byName = actor.kind === 'officer' ? actor.name : actor.kind
  const { id, agencyCode, name } = await putMachine(cx.tx, { ...input, id: cx.id(), byName }, cx.now)
  await record(cx, { events: [{ type: 'machine.named', subject: id, agencyCode, data: { name } }], result: { id } })
  return ok({ id })
}

/** From now on the machine is one like any other. What was filed from it stays as it was recorded. */
export async function removeMachine(cx: Context, input: { readonly id: string }): Promise<Result<{ id: string }>> {
  const machine = await findMachineById(cx.tx, input.id)
  const actor = allow(cx, 'dossier.assist')
  if (!machine || !cx.access.can(actor, 'dossier.assist', { agencyCode: machine.agencyCode })) return refuse(unknownMachine)
  await endMachine(cx.tx, machine.id, cx.now)
  const { id, agencyCode, name } = machine
  await record(cx, { events: [{ type: 'machine.removed', subject: id, agencyCode, data: { name } }], result: { id } })
  return ok({ id })
}
