import { z } from 'zod'
import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { reviseAgency as decide } from '../rules/change.ts'
import { type ChangedTree, changeTree } from './change-tree.ts'
import { basisInput, codeInput, fieldsInput } from './inputs.ts'

export const reviseAgencyInput = z.object({ code: codeInput, fields: fieldsInput, basis: basisInput })
export type ReviseAgency = z.output<typeof reviseAgencyInput>

/** Another name, parent or kind from a day on; what was before stays as it was. */
export const reviseAgency = (cx: Context, input: ReviseAgency): Promise<Result<ChangedTree>> =>
  changeTree(cx, 'organisation.revised', input.code, (organisation) => decide(organisation, input))
