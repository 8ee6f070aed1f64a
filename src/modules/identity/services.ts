import type { App } from '../../kernel/app.ts'
import { demoCitizens, STAND_IN_ISSUER } from './demo.ts'
import type { ConnectIdentity, IdentityConnection } from './port.ts'

const connections = new WeakMap<App, IdentityConnection>()

/** Connects this application to its identity service, once. */
export function connectOnce(app: App, connect: ConnectIdentity): IdentityConnection {
  const known = connections.get(app)
  if (known) return known
  const { citizens, password } = demoCitizens()
  const connection = connect(app, { issuer: STAND_IN_ISSUER, citizens, password })
  connections.set(app, connection)
  return connection
}
