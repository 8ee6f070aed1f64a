import pino from 'pino'
import { mask, maskDeep } from './mask.ts'

export { mask, maskDeep } from './mask.ts'

export type Log = pino.Logger

type LogArguments = Parameters<pino.LogFn>

/** Everything that a line is made of, masked: pino takes an error's own message, and values for `%s`, past the formatter. */
function maskArguments(args: unknown[]): unknown[] {
  const [first, ...rest] = args
  if (first instanceof Error)
    return [{ err: maskDeep(first) }, ...(rest.length > 0 ? rest.map((arg) => maskDeep(arg)) : [mask(first.message)])]
  return args.map((arg) => maskDeep(arg))
}

/** pino writes what a child logger is bound to as it is, so it is masked on the way in. */
function maskChildren(log: Log): Log {
  const child = log.child.bind(log)
  log.child = ((bindings: pino.Bindings, options?: pino.ChildLoggerOptions) =>
    maskChildren(child(maskDeep(bindings) as pino.Bindings, options))) as unknown as typeof log.child
  return log
}

/** JSON lines on standard error, so that a command's own output stays clean. */
export function createLog(level: string, destination: pino.DestinationStream = pino.destination(2)): Log {
  return maskChildren(
    pino(
      {
        level,
        base: null,
        // Errors are already plain by the time a serializer sees them.
        serializers: { err: (value: unknown) => value },
        hooks: {
          logMethod(args, method) {
            method.apply(this, maskArguments(args) as LogArguments)
          },
        },
        timestamp: pino.stdTimeFunctions.isoTime,
      },
      destination,
    ),
  )
}
