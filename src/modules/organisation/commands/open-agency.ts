import { z } from 'zod'
import type { Context } from '../../../kernel/context.ts'
import type { Result } from '../../../kernel/result.ts'
import { openAgency as decide } from '../rules/change.ts'
import { type ChangedTree, changeTree } from './change-tree.ts'
import { basisInput, codeInput, fieldsInput } from './inputs.ts'

export const openAgencyInput = z.object({ code: codeInput, fields: fieldsInput, basis: basisInput })
export type OpenAgency = z.output<typeof openAgencyInput>

/** A new agency from a day on. */
export const openAgency = (cx: Context, input: OpenAgency): Promise<Result<ChangedTree>> =>
  changeTree(cx, 'organisation.opened', input.code, (organisation) => decide(organisation, input))
