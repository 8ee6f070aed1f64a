import type { App } from '../../kernel/app.ts'
import type { Result } from '../../kernel/result.ts'

/** What is kept of a sign-in while the person is at the identity service. */
export interface Pending {
  readonly state: string
  readonly nonce: string
  /** PKCE code verifier. */
  readonly verifier: string
}

/**
 * The identity service as this house needs it: OpenID Connect, code flow with PKCE. `origin` is the address people use for us, without a
 * slash at the end: the redirect address begins with it.
 */
export interface IdentityProvider {
  /** Names the source of subjects for good, also when addresses change: people are linked by (issuer, subject). */
  readonly issuer: string
  /** What people see: "VNeID", or "VNeID mô phỏng". */
  readonly name: string
  /** True for the stand-in: every page says so. */
  readonly simulated: boolean
  /** Where to send the browser, and what to remember meanwhile. Throws when the service cannot be reached. */
  begin(origin: string): Promise<Pending & { url: string }>
  /** Exchanges the code of the answer and checks everything (state, issuer, nonce, signature, subject). The claims, as they came. */
  finish(origin: string, answer: URL, pending: Pending): Promise<Result<Readonly<Record<string, unknown>>, 'refused' | 'away'>>
  /** Says in one line whether the service answers; throws when it does not. */
  check(): Promise<string>
}

/** Where the identity service sends the browser back to, below our address. */
export const CALLBACK_PATH = '/dang-nhap/vneid/tra-ve'

/** A person the stand-in can play. All invented. */
export interface DemoCitizen {
  readonly subject: string
  readonly techId: string
  readonly name: string
  readonly personalNumber: string
  /** `YYYY-MM-DD`. */
  readonly birthDate: string
  /** `LoA1`, `LoA2`, or absent: then the service says nothing about the level. */
  readonly acr?: string
  readonly phone: string
  readonly email: string
  readonly commune: string
  readonly line: string
  readonly about: string
}

/** Where the stand-in's pages are, below our address. */
export const STAND_IN_PATH = '/vneid-gia-lap'

/** The stand-in for VNeID, as the pages that show it need it. Only with DEMO. */
export interface StandIn {
  readonly citizens: readonly DemoCitizen[]
  /** Whether a sign-in with this id waits for its person. */
  waits(uid: string): Promise<boolean>
  /** Settles a waiting sign-in; the address to go on to. `null`: number or password wrong, or nothing waits. */
  settle(uid: string, personalNumber: string, password: string): Promise<string | null>
  /** Gives up a waiting sign-in; the address to go on to. */
  giveUp(uid: string): Promise<string | null>
  /** Passes a browser's request on to the stand-in's own server. */
  forward(request: Request, origin: string): Promise<Response>
}

/** The ways of this installation: how citizens sign in, and the stand-in when that is what they sign in with. */
export interface IdentityConnection {
  readonly provider?: IdentityProvider | undefined
  readonly standIn?: StandIn | undefined
  close(): Promise<void>
}

/** Makes the connection out of the settings; `demo` is what the stand-in would play. */
export type ConnectIdentity = (
  app: Pick<App, 'config' | 'baseUrl' | 'log'>,
  demo: { readonly issuer: string; readonly citizens: readonly DemoCitizen[]; readonly password: string },
) => IdentityConnection
