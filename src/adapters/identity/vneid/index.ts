import * as client from 'openid-client'
import { ok, refuse } from '../../../kernel/result.ts'
import { CALLBACK_PATH, type IdentityProvider } from '../../../modules/identity/port.ts'

export interface VneidOptions {
  /** Address of the issuer for people who use us at `origin`. A real service has one; the stand-in has one for each. */
  issuerAt(origin: string): URL
  /** Name under which people are linked; stays the same when the address changes. */
  readonly issuer: string
  readonly name: string
  readonly simulated: boolean
  readonly clientId: string
  clientSecret(): Promise<string> | string
  /** How requests from server to server travel. */
  readonly fetch?: client.CustomFetch
  /** More for the request to sign in, such as `prompt`. */
  readonly more?: Readonly<Record<string, string>>
  /** Address to ask when somebody wants to know whether the service answers. */
  readonly checkOrigin: string
}

const TIMEOUT_S = 8
/** Metadata is read again after this long: services change addresses and keys. */
const METADATA_MS = 60 * 60_000

/** Nobody answered, or with an error of its own: not the person's fault, and worth trying again. */
function isAway(error: unknown): boolean {
  if (error instanceof client.ResponseBodyError || error instanceof client.AuthorizationResponseError) return false
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined
  return (
    error instanceof TypeError ||
    code === 'OAUTH_TIMEOUT' ||
    code === 'OAUTH_HTTP_REQUEST_FORBIDDEN' ||
    code === 'OAUTH_RESPONSE_IS_NOT_CONFORM'
  )
}

/**
 * The national identity service by OpenID Connect: discovery, code flow with PKCE (S256), state, nonce, issuer and subject checks, claims
 * from the userinfo endpoint.
 */
export function createVneid(options: VneidOptions): IdentityProvider {
  const known = new Map<string, { at: number; configuration: Promise<client.Configuration> }>()

  const configure = (origin: string): Promise<client.Configuration> => {
    const issuer = options.issuerAt(origin)
    const before = known.get(issuer.href)
    if (before && performance.now() - before.at < METADATA_MS) return before.configuration
    // TypeScript marks plain HTTP as deprecated to make one think: only the stand-in on this machine, and test issuers, use it.
    const execute = issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []
    const discover = async (): Promise<client.Configuration> => {
      const secret = await options.clientSecret()
      return client.discovery(issuer, options.clientId, secret, client.ClientSecretPost(secret), {
        timeout: TIMEOUT_S,
        execute,
        ...(options.fetch ? { [client.customFetch]: options.fetch } : {}),
      })
    }
    const configuration = discover()
    known.set(issuer.href, { at: performance.now(), configuration })
    configuration.catch(() => known.delete(issuer.href))
    return configuration
  }

  return {
    issuer: options.issuer,
    name: options.name,
    simulated: options.simulated,

    async begin(origin) {
      const configuration = await configure(origin)
      const verifier = client.randomPKCECodeVerifier()
      const [state, nonce] = [client.randomState(), client.randomNonce()]
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: `${origin}${CALLBACK_PATH}`,
        scope: 'openid',
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
        nonce,
        acr_values: 'LoA1',
        ...options.more,
      })
      return { url: url.href, state, nonce, verifier }
    },

    async finish(origin, answer, pending) {
      try {
        const configuration = await configure(origin)
        // The address we registered, whatever a proxy made of it, with what the service added.
        const current = new URL(`${origin}${CALLBACK_PATH}${answer.search}`)
        const tokens = await client.authorizationCodeGrant(configuration, current, {
          pkceCodeVerifier: pending.verifier,
          expectedState: pending.state,
          expectedNonce: pending.nonce,
          idTokenExpected: true,
        })
        const identity = tokens.claims()
        if (!identity) return refuse('refused')
        const facts = await client.fetchUserInfo(configuration, tokens.access_token, identity.sub)
        return ok({ ...facts, ...(identity.acr === undefined ? {} : { acr: identity.acr }) })
      } catch (error) {
        return refuse(isAway(error) ? 'away' : 'refused')
      }
    },

    async check() {
      const configuration = await configure(options.checkOrigin)
      return configuration.serverMetadata().issuer
    },
  }
}
