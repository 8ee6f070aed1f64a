import Provider, { type AdapterFactory, type Configuration, type JWK } from 'oidc-provider'
import { CALLBACK_PATH, type DemoCitizen, STAND_IN_PATH } from '../../../modules/identity/port.ts'
import type { StandInKeys } from './keys.ts'

export const CLIENT_ID = 'cuaso'

const CLAIMS = ['sub', 'TechID', 'LoaiTaiKhoan', 'HoVaTen', 'SoDinhDanh', 'NgayThangNamSinh', 'loginIdp', 'acr']

/** What the service says about a person, in its own names (as seen in public integrations of the national portal). */
const claimsOf = (citizen: DemoCitizen) => ({
  sub: citizen.subject,
  TechID: citizen.techId,
  LoaiTaiKhoan: '1',
  HoVaTen: citizen.name,
  SoDinhDanh: citizen.personalNumber,
  NgayThangNamSinh: citizen.birthDate.replaceAll('-', ''),
  loginIdp: 'BCA',
  ...(citizen.acr ? { acr: citizen.acr } : {}),
})

/** An OpenID provider that plays VNeID for people who use us at `origin`. Codes live a minute, PKCE is asked for, consent is given. */
export function createProvider(origin: string, keys: StandInKeys, citizens: readonly DemoCitizen[], adapter: AdapterFactory): Provider {
  const https = origin.startsWith('https:')
  const cookie = { httpOnly: true, sameSite: 'lax', secure: https, signed: true } as const
  const configuration: Configuration = {
    adapter,
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: keys.clientSecret,
        redirect_uris: [`${origin}${CALLBACK_PATH}`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'client_secret_post',
      },
    ],
    jwks: { keys: [keys.signing as JWK] },
    cookies: {
      keys: [keys.cookies],
      names: { interaction: 'vneid_gia_lap_luot', resume: 'vneid_gia_lap_tiep', session: 'vneid_gia_lap_phien' },
      long: { ...cookie, path: STAND_IN_PATH },
      short: cookie,
    },
    scopes: ['openid'],
    claims: { openid: CLAIMS },
    acrValues: ['LoA1', 'LoA2'],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_ctx, interaction) => `${STAND_IN_PATH}/luot/${interaction.uid}` },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 300, IdToken: 300, Interaction: 600, Session: 600 },
    findAccount: (_ctx, subject) => {
      const citizen = citizens.find((one) => one.subject === subject)
      return citizen && { accountId: subject, claims: () => claimsOf(citizen) }
    },
    // The one client is ours: what it asks for is said on the sign-in page, and signing in there is the consent.
    loadExistingGrant: async (ctx) => {
      const { client, session } = ctx.oidc
      if (!client || !session?.accountId) return undefined
      const grant = new ctx.oidc.provider.Grant({ clientId: client.clientId, accountId: session.accountId })
      grant.addOIDCScope('openid')
      await grant.save()
      return grant
    },
    renderError: (ctx, out) => {
      ctx.type = 'text/plain; charset=utf-8'
      ctx.body = out.error
    },
  }
  const provider = new Provider(`${origin}${STAND_IN_PATH}`, configuration)
  // Its own server listens on this machine only and is told the address people use (stand-in.ts).
  provider.proxy = true
  provider.silent = true
  return provider
}
