import type { Temporal } from 'temporal-polyfill'
import type { Access, PermissionRule } from './access/index.ts'
import type { Clock } from './clock.ts'
import type { Config } from './config/index.ts'
import type { Actor } from './context.ts'
import type { Database, Province } from './database/index.ts'
import type { Files } from './files/index.ts'
import type { ApiRoute } from './http/api.ts'
import type { Web } from './http/context.ts'
import type { SentForm } from './http/form.ts'
import type { Entry, Routes } from './http/routes.ts'
import type { Text } from './i18n/index.ts'
import type { JobDefinition, Jobs } from './jobs/index.ts'
import type { Log } from './log/index.ts'
import type { Relay, Subscriber } from './relay/index.ts'
import type { Streams } from './streams.ts'

/** A signed-in session as the web layer sees it. */
export interface Session {
  readonly actor: Exclude<Actor, { kind: 'anonymous' } | { kind: 'system' }>
  readonly csrf: string
  readonly tokenHash: Uint8Array
}

/** Sessions live in the database; the identity module keeps them. */
export interface Sessions {
  /** One statement: the session with its actor and grants, or nothing when unknown, ended or expired. */
  find(province: Province, token: string, now: Temporal.Instant): Promise<Session | undefined>
  /**
   * Before an act that matters: throws `Refused` unless this session proved its officer's second factor lately, or the form brings the proof
   * (which is then taken out of it). `sent` is absent for programs, which bring none.
   */
  confirm?(c: Web, sent?: SentForm): Promise<void>
}

/** Work that goes on beside requests: fold, sealer, relay, jobs. */
export interface Worker {
  readonly name: string
  start(): Promise<void>
  /** Finishes the piece in hand and stops. */
  stop(): Promise<void>
  /** Undefined when well; else one line saying what is wrong. */
  health?(): string | undefined
}

/** Something `cuaso doctor` can ask: an adapter, a folder, a clock. */
export interface SelfCheck {
  readonly name: string
  /** `warning`: works, but somebody should look into it. */
  run(): Promise<{ ok: boolean; detail: string; warning?: boolean }>
}

/** A link in a door's main navigation, shown to those who may follow it. */
export interface NavLink {
  readonly door: 'portal' | 'office' | 'board' | 'admin'
  readonly href: string
  readonly text: Text
  readonly entry: Entry
}

/** What a module brings to the house, wherever it has something to bring. */
export interface Room {
  readonly name: string
  readonly permissions?: readonly PermissionRule[]
  readonly navigation?: readonly NavLink[]
  pages?(app: App): readonly Routes[]
  api?(app: App): readonly ApiRoute[]
  workers?(app: App): readonly Worker[]
  checks?(app: App): readonly SelfCheck[]
  /** Work that goes on beside requests; made with `app.jobs.send` inside a transaction. */
  jobs?(app: App): readonly JobDefinition[]
  /** Who wants to hear of events after they are committed. */
  subscribers?(app: App): readonly Subscriber[]
}

/** What every door and worker is given. Built once, in main.ts. */
export interface App {
  readonly config: Config
  readonly log: Log
  readonly db: Database
  readonly clock: Clock
  readonly files: Files
  /** The province served at this address. */
  readonly province: Province
  readonly sessions: Sessions
  /** Key for anonymous form tokens and other signed values. */
  readonly secret: string
  access(province: Province): Access
  /** Address people type, without a slash at the end. */
  readonly baseUrl: string
  readonly navigation: NavLink[]
  readonly checks: SelfCheck[]
  readonly workers: Worker[]
  readonly streams: Streams
  readonly jobs: Jobs
  readonly relay: Relay
}
