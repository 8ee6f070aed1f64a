import { existsSync } from 'node:fs'
import type { Hono } from 'hono'
import type { App, Worker } from './kernel/app.ts'
import { type Clock, dayOf, systemClock } from './kernel/clock.ts'
import type { Config } from './kernel/config/index.ts'
import { readOrMakeSecret } from './kernel/config/secret.ts'
import type { Database, Province } from './kernel/database/index.ts'
import { createFiles } from './kernel/files/index.ts'
import type { ApiRoute } from './kernel/http/api.ts'
import type { WebVariables } from './kernel/http/context.ts'
import type { Route } from './kernel/http/routes.ts'
import { createWeb } from './kernel/http/server.ts'
import { staticFiles } from './kernel/http/static.ts'
import type { Log } from './kernel/log/index.ts'
import { createOperations, type Owner, openOperations } from './kernel/operations.ts'
import { clientFolder } from './kernel/paths.ts'
import { Streams } from './kernel/streams.ts'
import {
  confirmActor,
  confirmPage,
  createAccessKeeper,
  createSessions,
  refusalRedirect,
  seedPermissions,
} from './modules/identity/index.ts'
import { permissionTree, refreshDirectory } from './modules/organisation/index.ts'
import { rooms as allRooms } from './rooms.ts'
import { apiInfo, openApiRoutes } from './ui/openapi-page.tsx'
import { refusalPage } from './ui/refusal-page.tsx'
import { themeRoutes } from './ui/theme-routes.ts'

export interface ComposeOptions {
  readonly config: Config
  readonly log: Log
  readonly db: Database
  readonly province: Province
  readonly clock?: Clock
  /** Address people type; otherwise BASE_URL, otherwise localhost with the port. */
  readonly baseUrl?: string
  /** Lets the workers install their job queues when they start; without it the queues must be there. */
  readonly owner?: Owner
}

export interface Composed {
  readonly app: App
  readonly web: Hono<{ Variables: WebVariables }>
  readonly pages: readonly Route[]
  readonly api: readonly ApiRoute[]
  /** Ends live streams, so that a shutdown does not wait for them. */
  stopStreams(): void
  close(): Promise<void>
}

const REFRESH_MS = 5_000

/** Reads rules and units again every few seconds: what another process or another server changed. */
function refreshWorker(refresh: () => Promise<void>, log: Log): Worker {
  let timer: NodeJS.Timeout | undefined
  let running: Promise<void> | undefined
  return {
    name: 'refresh',
    start: async () => {
      timer = setInterval(() => {
        running ??= refresh()
          .catch((error: unknown) => log.debug({ err: error }, 'refresh failed, trying again'))
          .finally(() => {
            running = undefined
          })
      }, REFRESH_MS)
    },
    stop: async () => {
      clearInterval(timer)
      await running
    },
  }
}

/** Puts the house together: kernel, rooms, doors. The database must be migrated and the province must exist. */
export async function compose(options: ComposeOptions): Promise<Composed> {
  const { config, log, db, province } = options
  const clock = options.clock ?? systemClock
  const today = () => dayOf(clock())
  // A house that serves people never offers made-up dossiers.
  const rooms = config.DEMO ? allRooms : allRooms.filter(({ name }) => name !== 'demo')

  await seedPermissions(
    db,
    province,
    rooms.flatMap((room) => room.permissions ?? []),
    clock(),
  )
  const keeper = createAccessKeeper(db, (one) => permissionTree(db, one, today))
  const refresh = async (): Promise<void> => {
    await refreshDirectory(db, province)
    await keeper.refresh(province)
  }
  await refresh()

  const app: App = {
    config,
    log,
    db,
    clock,
    province,
    files: await createFiles(config),
    sessions: { ...createSessions(db), confirm: confirmActor },
    secret: config.SESSION_SECRET ?? (await readOrMakeSecret(config.CUASO_DATA)),
    access: (one) => keeper.access(one),
    baseUrl: (options.baseUrl ?? config.BASE_URL ?? `http://localhost:${config.PORT}`).replace(/\/$/, ''),
    navigation: rooms.flatMap((room) => room.navigation ?? []),
    checks: [],
    workers: [refreshWorker(refresh, log)],
    streams: new Streams(),
    ...createOperations({ db, clock, log, province }, options.owner),
  }
  const operations = openOperations(app, rooms)
  app.workers.push(...operations.workers)
  for (const room of rooms) {
    app.workers.push(...(room.workers?.(app) ?? []))
    app.checks.push(...(room.checks?.(app) ?? []))
  }
  const api = rooms.flatMap((room) => room.api?.(app) ?? [])
  const routes = [
    ...operations.routes,
    ...rooms.flatMap((room) => room.pages?.(app) ?? []),
    openApiRoutes(api, apiInfo(app)),
    themeRoutes(config.PRIMARY_COLOUR),
  ]
  const pages = routes.flatMap(({ list }) => list)
  const views = pages
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+').replace(/\*/g, '.*')}$`))
  const opens = (path: string): boolean => views.some((view) => view.test(path))
  const web = createWeb(app, {
    pages,
    api,
    asset: existsSync(clientFolder) ? staticFiles(clientFolder) : () => undefined,
    refusalPage: async (c, refusal, traceId) =>
      refusalRedirect(c, refusal, opens) ?? (await confirmPage(c, refusal)) ?? refusalPage(c, refusal, traceId),
    observe: operations.observe,
  })
  return {
    app,
    web,
    pages,
    api,
    stopStreams: () => app.streams.closeAll(),
    close: () => db.close(),
  }
}
