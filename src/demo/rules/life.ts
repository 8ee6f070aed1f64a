import type { Temporal } from 'temporal-polyfill'
import type { Actor } from '../../kernel/context.ts'
import type { Result } from '../../kernel/result.ts'
import type { Decision, Dossier, History } from '../../modules/dossier/index.ts'

/** Lives a dossier through the same decisions as the commands; a refusal here is a mistake of the generator. */
export class Life implements History {
  readonly steps: { actor: Actor; decision: Decision }[] = []
  #at: Temporal.Instant
  readonly #until: Temporal.Instant

  /** Nothing happens after `until`, and each thing at least a minute after the one before. */
  constructor(begin: Temporal.Instant, until: Temporal.Instant) {
    this.#at = begin
    this.#until = until
  }

  /** When something meant for `wish` happens. */
  time(wish: Temporal.Instant): Temporal.Instant {
    const next = this.steps.length === 0 ? this.#at : this.#at.add({ minutes: 1 })
    const later = wish.epochMilliseconds > next.epochMilliseconds ? wish : next
    this.#at = later.epochMilliseconds < this.#until.epochMilliseconds || this.steps.length === 0 ? later : this.#until
    return this.#at
  }

  do(actor: Actor, decide: Result<Decision>): Dossier {
    if (!decide.ok) throw new Error(`the demo decided something impossible: ${decide.error.code}`)
    this.steps.push({ actor, decision: decide.value })
    return decide.value.next
  }
}
