import { run } from '../command.ts'
import type { Context } from '../context.ts'
import type { Result } from '../result.ts'
import type { Web } from './context.ts'
import { requestIdOf } from './form.ts'

/** Runs a command for whoever sent a form: the same form again is the same work. Refusals are the command's. */
export const runFor = <T>(c: Web, values: URLSearchParams, name: string, work: (cx: Context) => Promise<Result<T>>): Promise<Result<T>> =>
  run(
    c.get('app'),
    { province: c.get('province'), actor: c.get('actor'), requestId: requestIdOf(values), locale: c.get('locale'), name },
    work,
  )
