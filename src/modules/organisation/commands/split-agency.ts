import { z } from 'zod'
import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { splitAgency as decide } from '../rules/change.ts'
import { type ChangedTree, changeTree } from './change-tree.ts'
import { basisInput, codeInput, fieldsInput } from './inputs.ts'

export const splitAgencyInput = z.object({
  code: codeInput,
  into: z.array(z.object({ code: codeInput, fields: fieldsInput })).max(20),
  basis: basisInput,
})
export type SplitAgency = z.output<typeof splitAgencyInput>

/** One agency becomes several from a day on; its past figures stay its own ("không phân bổ được"). */
export const splitAgency = (cx: Context, input: SplitAgency): Promise<Result<ChangedTree>> =>
  changeTree(cx, 'organisation.split', input.code, (organisation) => decide(organisation, input))
