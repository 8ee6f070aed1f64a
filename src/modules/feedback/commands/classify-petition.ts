import type { Context } from '../../../kernel/context.ts'
import { Refused } from '../../../kernel/errors.ts'
import type { Result } from '../../../kernel/result.ts'
import { unknownClass } from '../errors.ts'
import { feedbackSettings } from '../files.ts'
import { decide } from '../rules/petition-life.ts'
import { versionOn } from '../rules/settings.ts'
import type { PetitionSummary } from '../view.ts'
import { type OnPetition, openPetition, settle } from './step.ts'

export interface ClassifyPetition extends OnPetition {
  readonly classCode: string
}

/** Says what a petition is about: a procedure or staff, and which class of the list in force on the day it was filed. */
export async function classifyPetition(asked: Context, input: ClassifyPetition): Promise<Result<PetitionSummary>> {
  const { petition, cx } = await openPetition(asked, 'classify', input)
  const { classes } = await feedbackSettings()
  const found = versionOn(classes, petition.filedDay).classes.find(({ code }) => code === input.classCode)
  if (!found) throw new Refused(unknownClass)
  return settle(cx, petition, decide(petition, 'classify', { kind: found.kind, classCode: found.code }, cx.now))
}
