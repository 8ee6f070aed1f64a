import type { App } from '../../kernel/app.ts'
import type { Mail, MailParts } from './port.ts'

/** The mail server of each running house, opened once. */
export class MailRoom {
  readonly parts: MailParts
  readonly #open = new WeakMap<object, Mail | undefined>()

  constructor(parts: MailParts) {
    this.parts = parts
  }

  /** Undefined when no mail server is set. */
  of(app: Pick<App, 'config' | 'log'>): Mail | undefined {
    if (!this.#open.has(app.config)) this.#open.set(app.config, this.parts.connect(app))
    return this.#open.get(app.config)
  }
}
