import pg from 'pg'
import type { Text } from '../i18n/index.ts'
import { StartupError } from '../startup-error.ts'

/** Role that the server works as on a PostgreSQL of your own, unless DATABASE_APP_URL names another. */
export const APP_ROLE = 'cuaso_app'

const OLDEST = 15
const NEWEST = 18

export interface Foreign {
  readonly ownerUrl: string
  readonly appUrl: string
  /** Gets the application's rights. */
  readonly appRole: string
  /** Set when the application signs in as the owner and gives the owner's rights up in every session. */
  readonly role?: string
}

/** The address without its password, fit to print. */
const shown = (url: string): string => {
  const parsed = new URL(url)
  return `${parsed.hostname || 'localhost'}:${parsed.port || 5432}${parsed.pathname}`
}

const NETWORK = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ECONNRESET', 'ENOENT'])

/** Why a connection failed, in words that say what to mend. */
function explain(error: Error & { code?: string }, name: string, url: string): Text {
  const where = shown(url)
  const user = decodeURIComponent(new URL(url).username)
  const { code = '' } = error
  if (code === '28P01' || code === '28000') {
    return {
      vi: `${name}: sai mật khẩu hoặc tài khoản "${user}" không được vào ${where}`,
      en: `${name}: wrong password, or "${user}" may not enter ${where}`,
    }
  }
  if (code === '3D000') return { vi: `${name}: không có cơ sở dữ liệu ở ${where}`, en: `${name}: there is no such database at ${where}` }
  if (NETWORK.has(code) || /timeout|Connection terminated/i.test(error.message)) {
    return { vi: `${name}: không kết nối được ${where}`, en: `${name}: nothing answers at ${where}` }
  }
  return { vi: `${name}: ${where} không dùng được: ${error.message}`, en: `${name}: ${where} cannot be used: ${error.message}` }
}

async function connect(name: string, url: string): Promise<pg.Client> {
  let client: pg.Client
  try {
    client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000, application_name: 'cuaso-check' })
    await client.connect()
  } catch (error) {
    if (!URL.canParse(url))
      throw new StartupError({ vi: `${name} không phải địa chỉ hợp lệ`, en: `${name} is not a valid address` }, { cause: error })
    throw new StartupError(explain(error as Error, name, url), { cause: error })
  }
  client.on('error', () => undefined)
  return client
}

async function checkServer(client: pg.Client, url: string): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string; creates: boolean }>(
    `select current_setting('server_version_num')::int / 10000 as version, current_setting('server_encoding') as encoding,
       has_database_privilege(current_database(), 'create') as creates`,
  )
  const { version = 0, encoding = '', creates = false } = rows[0] ?? {}
  const where = shown(url)
  if (version < OLDEST) {
    throw new StartupError({
      vi: `DATABASE_URL: ${where} là PostgreSQL ${version}, cần từ ${OLDEST} đến ${NEWEST}`,
      en: `DATABASE_URL: ${where} is PostgreSQL ${version}; ${OLDEST} to ${NEWEST} is needed`,
    })
  }
  if (encoding !== 'UTF8') {
    throw new StartupError({
      vi: `DATABASE_URL: ${where} dùng bảng mã ${encoding}, cần UTF8`,
      en: `DATABASE_URL: ${where} is encoded in ${encoding}; UTF8 is needed`,
    })
  }
  if (!creates) {
    throw new StartupError({
      vi: `DATABASE_URL: tài khoản không có quyền CREATE trên cơ sở dữ liệu ở ${where}`,
      en: `DATABASE_URL: the login lacks the CREATE right on the database at ${where}`,
    })
  }
}

/** Makes the application's role, and lets the owner become it. */
async function ensureRole(client: pg.Client): Promise<void> {
  try {
    await client.query(`do $$ begin
        if not exists (select from pg_roles where rolname = '${APP_ROLE}') then create role ${APP_ROLE} nologin; end if;
      exception when duplicate_object or unique_violation then null; end $$`)
    const { rows } = await client.query<{ may: boolean }>(`select pg_has_role(current_user, '${APP_ROLE}', 'member') as may`)
    if (!rows[0]?.may) await client.query(`grant ${APP_ROLE} to current_user`)
    await client.query(`set role ${APP_ROLE}`)
    await client.query('reset role')
  } catch (error) {
    throw new StartupError(
      {
        vi: `DATABASE_URL: tài khoản không tạo được vai trò ${APP_ROLE}; cấp quyền CREATEROLE, hoặc tạo vai trò này rồi đặt DATABASE_APP_URL`,
        en: `DATABASE_URL: the login cannot make the role ${APP_ROLE}; give it CREATEROLE, or make that role and set DATABASE_APP_URL`,
      },
      { cause: error },
    )
  }
}

/**
 * Checks a PostgreSQL of the province's own (15–18, UTF-8, the login may create schemas) and finds the role the server works as.
 * Throws StartupError naming what to mend.
 */
export async function useForeign(databaseUrl: string, databaseAppUrl?: string): Promise<Foreign> {
  const client = await connect('DATABASE_URL', databaseUrl)
  try {
    await checkServer(client, databaseUrl)
    if (!databaseAppUrl) {
      await ensureRole(client)
      return { ownerUrl: databaseUrl, appUrl: databaseUrl, appRole: APP_ROLE, role: APP_ROLE }
    }
  } finally {
    await client.end()
  }
  const app = await connect('DATABASE_APP_URL', databaseAppUrl)
  try {
    const { rows } = await app.query<{ role: string }>('select current_user as role')
    return { ownerUrl: databaseUrl, appUrl: databaseAppUrl, appRole: rows[0]?.role ?? APP_ROLE }
  } finally {
    await app.end()
  }
}
