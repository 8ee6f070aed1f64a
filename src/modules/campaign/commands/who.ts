import type { Actor } from '../../../kernel/context.ts'

/** Who did it, as lists show it. */
export const whoSays = (actor: Actor): string => (actor.kind === 'officer' || actor.kind === 'system' ? actor.name : '')
