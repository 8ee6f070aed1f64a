import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type Provider from 'oidc-provider'
import { type DemoCitizen, STAND_IN_PATH, type StandIn } from '../../../modules/identity/port.ts'
import { readOrMakeKeys, type StandInKeys } from './keys.ts'
import { createMemory } from './memory.ts'
import { CLIENT_ID, createProvider } from './provider.ts'

export interface RunningStandIn extends StandIn {
  readonly clientId: string
  clientSecret(): Promise<string>
  /** A fetch for requests that our server sends to the stand-in: they stay on this machine, whatever address people use. */
  readonly fetch: (url: string, options: RequestInit) => Promise<Response>
  close(): Promise<void>
}

export interface StandInOptions {
  readonly dataFolder: string
  readonly citizens: readonly DemoCitizen[]
  /** One password for all: it is printed beside the form. */
  readonly password: string
  readonly onError: (error: unknown) => void
}

const ORIGIN_HEADER = 'x-cuaso-origin'
/** People reach a demo by a few names (localhost, an address of the house net); more than this is somebody playing. */
const MAX_ORIGINS = 16

const isSame = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/**
 * A stand-in for VNeID: a real OpenID provider on a port of its own that only this machine reaches. Browsers reach it through our own
 * address (`forward`), so it works on any port, behind any proxy and with the content security policy of our pages.
 */
export function createStandIn(options: StandInOptions): RunningStandIn {
  const providers = new Map<string, Provider>()
  const memory = createMemory()
  let keys: Promise<StandInKeys> | undefined
  let server: Promise<Server> | undefined

  const getKeys = (): Promise<StandInKeys> => (keys ??= readOrMakeKeys(options.dataFolder))

  const providerAt = async (origin: string): Promise<Provider> => {
    const known = providers.get(origin)
    if (known) return known
    if (providers.size >= MAX_ORIGINS) providers.delete(providers.keys().next().value ?? '')
    const made = createProvider(origin, await getKeys(), options.citizens, memory)
    made.on('server_error', (_ctx, error) => options.onError(error))
    providers.set(origin, made)
    return made
  }

  /** Tells the provider the address that people use: it builds its links from these headers and from the mount path. */
  const dress = (request: IncomingMessage, origin: string): void => {
    const { host, protocol } = new URL(origin)
    request.headers.host = host
    request.headers['x-forwarded-host'] = host
    request.headers['x-forwarded-proto'] = protocol.slice(0, -1)
    Object.assign(request, { originalUrl: request.url })
    request.url = request.url?.slice(STAND_IN_PATH.length) || '/'
  }

  const listen = (): Promise<Server> =>
    (server ??= new Promise((resolve, reject) => {
      const made = createServer((request, response) => {
        const origin = String(request.headers[ORIGIN_HEADER] ?? '')
        if (!URL.canParse(origin) || !request.url?.startsWith(STAND_IN_PATH)) return void response.writeHead(404).end()
        dress(request, origin)
        providerAt(origin)
          .then((provider) => provider.callback()(request, response))
          .catch((error: unknown) => {
            options.onError(error)
            response.writeHead(500).end()
          })
      })
      made.on('error', reject)
      // Whoever forgets to close it is not kept from ending.
      made.unref()
      made.listen(0, '127.0.0.1', () => resolve(made))
    }))

  const send = async (url: URL, origin: string, init: RequestInit): Promise<Response> => {
    const { port } = (await listen()).address() as AddressInfo
    const headers = new Headers(init.headers)
    headers.set(ORIGIN_HEADER, origin)
    return fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, { ...init, headers, redirect: 'manual' })
  }

  const waiting = async (uid: string) => {
    for (const provider of providers.values()) {
      const interaction = await provider.Interaction.find(uid)
      if (interaction) return interaction
    }
    return undefined
  }

  const answer = async (uid: string, result: Record<string, unknown>): Promise<string | null> => {
    const interaction = await waiting(uid)
    if (!interaction) return null
    interaction.result = result
    await interaction.save(interaction.exp - Math.floor(Date.now() / 1000))
    return interaction.returnTo
  }

  return {
    citizens: options.citizens,
    clientId: CLIENT_ID,
    clientSecret: async () => (await getKeys()).clientSecret,
    fetch: (url, init) => {
      const target = new URL(url)
      return send(target, target.origin, init)
    },
    waits: async (uid) => (await waiting(uid)) !== undefined,
    async settle(uid, personalNumber, password) {
      const citizen = options.citizens.find((one) => one.personalNumber === personalNumber)
      if (!citizen || !isSame(password, options.password)) return null
      return answer(uid, { login: { accountId: citizen.subject, remember: false, ...(citizen.acr ? { acr: citizen.acr } : {}) } })
    },
    giveUp: (uid) => answer(uid, { error: 'access_denied', error_description: 'the person gave up' }),
    async forward(request, origin) {
      const headers = new Headers()
      for (const name of ['cookie', 'accept', 'accept-language', 'content-type']) {
        const value = request.headers.get(name)
        if (value !== null) headers.set(name, value)
      }
      const body = request.method === 'POST' ? await request.text() : null
      const response = await send(new URL(request.url), origin, { method: request.method, headers, body })
      return new Response(response.body, { status: response.status, headers: passedOn(response.headers) })
    },
    async close() {
      const running = await server?.catch(() => undefined)
      server = undefined
      running?.closeAllConnections()
      await new Promise<void>((resolve) => (running ? running.close(() => resolve()) : resolve()))
    },
  }
}

const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'content-encoding', 'date']

function passedOn(from: Headers): Headers {
  const headers = new Headers(from)
  for (const name of HOP_BY_HOP) headers.delete(name)
  return headers
}
