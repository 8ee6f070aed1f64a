import { type ConnectIdentity, STAND_IN_PATH } from '../../modules/identity/port.ts'
import { createStandIn } from './demo/index.ts'
import { createVneid } from './vneid/index.ts'

/**
 * The way citizens sign in here: the issuer of the settings (OIDC_ISSUER); without one, in a demo, the stand-in that says it is one;
 * else none.
 */
export const connectIdentity: ConnectIdentity = ({ config, baseUrl, log }, demo) => {
  if (config.OIDC_ISSUER) {
    const issuer = config.OIDC_ISSUER
    const provider = createVneid({
      issuerAt: () => new URL(issuer),
      issuer,
      name: 'VNeID',
      simulated: false,
      clientId: config.OIDC_CLIENT_ID ?? '',
      clientSecret: () => config.OIDC_CLIENT_SECRET ?? '',
      checkOrigin: baseUrl,
    })
    return { provider, close: async () => undefined }
  }
  if (!config.DEMO) return { close: async () => undefined }
  const standIn = createStandIn({
    dataFolder: config.CUASO_DATA,
    citizens: demo.citizens,
    password: demo.password,
    onError: (error) => log.warn({ err: error }, 'stand-in for VNeID failed'),
  })
  const provider = createVneid({
    issuerAt: (origin) => new URL(`${origin}${STAND_IN_PATH}`),
    issuer: demo.issuer,
    name: 'VNeID mô phỏng',
    simulated: true,
    clientId: standIn.clientId,
    clientSecret: standIn.clientSecret,
    fetch: (url, init) => standIn.fetch(url, init as RequestInit),
    // Whoever tries the demo changes persons: the stand-in asks each time.
    more: { prompt: 'login' },
    checkOrigin: baseUrl,
  })
  return { provider, standIn, close: standIn.close }
}
