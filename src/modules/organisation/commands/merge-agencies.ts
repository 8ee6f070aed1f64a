import { z } from 'zod'
import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { mergeAgencies as decide } from '../rules/change.ts'
import { type ChangedTree, changeTree } from './change-tree.ts'
import { basisInput, codeInput, fieldsInput } from './inputs.ts'

export const mergeAgenciesInput = z.object({ codes: z.array(codeInput).max(50), into: codeInput, fields: fieldsInput, basis: basisInput })
export type MergeAgencies = z.output<typeof mergeAgenciesInput>

/** Several agencies become one from a day on; all their past can be added up under it. */
export const mergeAgencies = (cx: Context, input: MergeAgencies): Promise<Result<ChangedTree>> =>
  changeTree(cx, 'organisation.merged', input.into, (organisation) => decide(organisation, input))
