import type { Web } from './context.ts'

/**
 * Who may come in.
 * - `public`: anyone
 * - `citizen`, `officer`: signed in as one; `signed-in`: as either
 * - `{ action }`: whose role allows the action somewhere; the command asks again with its target
 */
export type Entry = 'public' | 'citizen' | 'officer' | 'signed-in' | { readonly action: string; readonly at?: 'root' }

export type Handler = (c: Web) => Response | Promise<Response>

/**
 * Whether what is sent here matters so much that officers prove their second factor again, when they have one and the last proof is old:
 * always, or depending on what was sent.
 */
export type Confirm = boolean | ((c: Web, values: URLSearchParams) => boolean)

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly entry: Entry
  readonly handler: Handler
  /** Bodies this route reads: the limit in bytes, when not the small default. */
  readonly maxBody?: number
  readonly confirm?: Confirm
}

/** A module's pages. Every route says who may come in; there is no way to add one that does not. */
export class Routes {
  readonly list: Route[] = []

  get(path: string, entry: Entry, handler: Handler): this {
    this.list.push({ method: 'GET', path, entry, handler })
    return this
  }

  post(path: string, entry: Entry, handler: Handler, options: Pick<Route, 'maxBody' | 'confirm'> = {}): this {
    this.list.push({ method: 'POST', path, entry, handler, ...options })
    return this
  }
}
