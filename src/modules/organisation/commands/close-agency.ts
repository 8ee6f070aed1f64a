import { z } from 'zod'
import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { closeAgency as decide } from '../rules/change.ts'
import { type ChangedTree, changeTree } from './change-tree.ts'
import { codeInput, dayInput } from './inputs.ts'

export const closeAgencyInput = z.object({ code: codeInput, lastDay: dayInput, note: z.string().trim().max(500).default('') })
export type CloseAgency = z.output<typeof closeAgencyInput>

/** The last day of an agency that nobody succeeds. */
export const closeAgency = (cx: Context, input: CloseAgency): Promise<Result<ChangedTree>> =>
  changeTree(cx, 'organisation.closed', input.code, (organisation) => decide(organisation, input))
