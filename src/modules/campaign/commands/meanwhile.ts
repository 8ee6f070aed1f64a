import type { Context } from '../../../kernel/context.ts'
import { type Result, refuse } from '../../../kernel/result.ts'
import { moment } from '../../calendar/index.ts'
import { changedMeanwhile } from '../errors.ts'
import { lastWriter } from '../store.ts'

/** The version somebody was looking at when they decided; who looks at none (a replay, a demo) writes over whatever is there. */
export interface Seen {
  readonly version?: number | undefined
}

/** Refuses to write over what somebody else wrote since the page was shown. What is written must be locked. Refusal: campaign.changed-meanwhile. */
export async function overtaken(
  cx: Context,
  { version: seen }: Seen,
  { version }: { readonly version: number },
  subjects: readonly string[],
): Promise<Result<never> | undefined> {
  if (seen === undefined || seen === version) return undefined
  const last = await lastWriter(cx.tx, subjects)
  return refuse(changedMeanwhile(last?.name ?? null, moment(last?.at ?? cx.now)))
}
