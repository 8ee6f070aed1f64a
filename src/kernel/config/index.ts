import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { readMailbox } from '../mailbox.ts'

const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1')

/** Every setting of the platform: environment name, meaning, default. Secrets may come from `<NAME>_FILE`. */
const schema = z.object({
  /** Port of the web server. */
  PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  /** Address the web server listens on. */
  HOST: z.string().default('0.0.0.0'),
  /** Address that people type; links in notices, QR codes and redirects start with it. */
  BASE_URL: z.url().optional(),
  /** PostgreSQL 15–18 as owner; without it the embedded database is used. */
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
    .optional(),
  /** The same database as the application role; without it the owner's sessions give their rights up with SET ROLE. */
  DATABASE_APP_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
    .optional(),
  /** Connections per province. */
  DATABASE_POOL: z.coerce.number().int().min(2).max(200).default(12),
  /** Folder of the embedded database and files. */
  CUASO_DATA: z.string().min(1).default('.data'),
  /** Province served at the root of this address. */
  PROVINCE: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/, 'must be a short name such as ca-mau')
    .default('ca-mau'),
  /** The province's own colour, `#rrggbb`; it must be readable on our paper, or the start stops. */
  PRIMARY_COLOUR: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #0b5d4e')
    .optional(),
  /** Key for anonymous form tokens; made and kept in the data folder when not given. At least 32 characters. */
  SESSION_SECRET: z.string().min(32).optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** The server stands behind a proxy that sets X-Forwarded-For. */
  TRUST_PROXY: flag.default(false),
  /** Ship the stand-in VNeID and the demo accounts, whose password everybody knows. Off unless asked for once OIDC_ISSUER is set: then it is no demo. */
  DEMO: flag.default(true),
  /** OpenID Connect issuer for citizens; without it (and with DEMO) the stand-in is used. */
  OIDC_ISSUER: z.url().optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** Whoever sends it as a bearer token may read /metrics from another machine. At least 16 characters. */
  METRICS_TOKEN: z.string().min(16).optional(),
  /** Mail server for notices to officers, as `smtps://user:password@host` or `smtp://host:587`; without it notices stand on pages only. */
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^\s/]/, 'must start with smtp:// or smtps://')
    .refine((value) => URL.canParse(value), 'must be an address such as smtps://user:password@mail.example.vn')
    .optional(),
  /** Who the mail comes from, as `Cửa Số Cà Mau <cuaso@example.vn>` or the bare address; needed with SMTP_URL. */
  MAIL_FROM: z
    .string()
    .refine((value) => readMailbox(value) !== undefined, 'must be an address such as "Cửa Số <cuaso@example.vn>"')
    .optional(),
  /** Days before the due day on which lists warn that a dossier is due soon. */
  DUE_SOON_DAYS: z.coerce.number().int().min(0).max(30).default(2),
  /** Requests a minute per address. */
  RATE_LIMIT: z.coerce.number().int().min(1).default(1200),
  /** Where files are kept: empty = folder in CUASO_DATA, or an S3 bucket name. */
  S3_BUCKET: z.string().optional(),
  S3_ENDPOINT: z.url().optional(),
  S3_REGION: z.string().default('us-east-1'),
  S3_ACCESS_KEY: z.string().optional(),
  S3_SECRET_KEY: z.string().optional(),
  /** Largest single upload in bytes. */
  UPLOAD_MAX: z.coerce
    .number()
    .int()
    .min(1024)
    .default(50 * 1024 * 1024),
  /** What one citizen may hand in within 24 hours, in bytes; officers ten times as much. Set on 2026-11-21. */
  UPLOAD_DAILY_MAX: z.coerce
    .number()
    .int()
    .min(1024)
    .default(500 * 1024 * 1024),
  /** How many files one citizen may hand in within 24 hours; officers ten times as many. Set on 2026-11-21. */
  UPLOAD_DAILY_FILES: z.coerce.number().int().min(1).default(200),
})

export type Config = z.infer<typeof schema>

const SECRET = /SECRET|PASSWORD|KEY|TOKEN|DATABASE_URL|DATABASE_APP_URL|SMTP_URL/

/** A setting that cannot be used; the message is one line a person can act on. */
export class ConfigError extends Error {}

function readSecretFile(name: string, file: string): string {
  if (!existsSync(file)) throw new ConfigError(`${name}_FILE: no file at ${file}`)
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    throw new ConfigError(`${name}_FILE: ${file} cannot be read (${(error as NodeJS.ErrnoException).code})`)
  }
}

/** Reads settings from an environment. Throws `ConfigError` naming every wrong value. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const values: Record<string, string> = {}
  for (const name of Object.keys(schema.shape)) {
    const value = environment[name]?.trim()
    const file = environment[`${name}_FILE`]
    if (value !== undefined && value !== '') values[name] = value
    else if (file) {
      values[name] = readSecretFile(name, file)
    }
  }
  const parsed = schema.safeParse(values)
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '))
  }
  const { data } = parsed
  if (data.SMTP_URL && !data.MAIL_FROM) throw new ConfigError('MAIL_FROM: must be set together with SMTP_URL')
  const demo = values.DEMO === undefined && data.OIDC_ISSUER !== undefined ? false : data.DEMO
  return { ...data, DEMO: demo, CUASO_DATA: resolve(data.CUASO_DATA) }
}

/** Settings fit to print: secrets show only that they are set. */
export function redacted(config: Config): Record<string, unknown> {
  return Object.fromEntries(Object.entries(config).map(([name, value]) => [name, SECRET.test(name) && value ? '[set]' : value]))
}
