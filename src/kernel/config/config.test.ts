import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ConfigError, readConfig, redacted } from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'cuaso-config-'))

test('nothing set is a demo on port 3000 that keeps its data beside it', () => {
  expect(readConfig({})).toMatchObject({
    PORT: 3000,
    HOST: '0.0.0.0',
    PROVINCE: 'ca-mau',
    DEMO: true,
    CUASO_DATA: join(process.cwd(), '.data'),
  })
  expect(readConfig({ PORT: '', PROVINCE: '  ' })).toMatchObject({ PORT: 3000, PROVINCE: 'ca-mau' })
})

test('with a real identity service it is no demo, unless somebody says so: accounts whose password is printed are not made by mistake', () => {
  expect(readConfig({ OIDC_ISSUER: 'https://vneid.example' }).DEMO).toBe(false)
  expect(readConfig({ OIDC_ISSUER: 'https://vneid.example', DEMO: 'true' }).DEMO).toBe(true)
})

test('every wrong value is named in one line that does not repeat it', () => {
  const wrong = { PORT: '99999', DATABASE_URL: 'mysql://root:s3cret@x', PROVINCE: 'Cà Mau', SESSION_SECRET: 'short-secret', DEMO: 'maybe' }
  const error = (() => {
    try {
      readConfig(wrong)
    } catch (caught) {
      return caught
    }
  })() as Error
  expect(error).toBeInstanceOf(ConfigError)
  for (const name of Object.keys(wrong)) expect(error.message).toContain(name)
  expect(error.message).not.toMatch(/s3cret|short-secret|\n/)
})

test('a secret may come from a file, and the environment wins over it', () => {
  const file = join(folder, 'secret')
  writeFileSync(file, `${'x'.repeat(40)}\n`)
  expect(readConfig({ SESSION_SECRET_FILE: file }).SESSION_SECRET).toBe('x'.repeat(40))
  expect(readConfig({ SESSION_SECRET_FILE: file, SESSION_SECRET: 'y'.repeat(40) }).SESSION_SECRET).toBe('y'.repeat(40))
  expect(() => readConfig({ SESSION_SECRET_FILE: join(folder, 'none') })).toThrow('no file at')
  expect(() => readConfig({ SESSION_SECRET_FILE: folder })).toThrow('cannot be read')
})

test('what is printed shows of a secret only that it is set', () => {
  const secrets = {
    DATABASE_URL: 'postgres://owner:pw1@h/d',
    DATABASE_APP_URL: 'postgres://app:pw2@h/d',
    SESSION_SECRET: 'pw3'.repeat(20),
    OIDC_CLIENT_SECRET: 'pw4',
    S3_ACCESS_KEY: 'pw5',
    S3_SECRET_KEY: 'pw6',
    METRICS_TOKEN: 'pw7-pw7-pw7-pw7-pw7',
    SMTP_URL: 'smtps://cuaso:pw8@thu.example.vn',
    MAIL_FROM: 'cuaso@example.vn',
  }
  expect(JSON.stringify(redacted(readConfig(secrets)))).not.toMatch(/pw\d/)
  expect(redacted(readConfig(secrets)).METRICS_TOKEN).toBe('[set]')
})

test('a mail server is named with who the mail comes from, or not at all; a wrong one is told without its password', () => {
  const url = 'smtp://cuaso:s3cret@thu.example.vn:587'
  expect(readConfig({ SMTP_URL: url, MAIL_FROM: 'Cửa Số <cuaso@example.vn>' }).SMTP_URL).toBe(url)
  expect(() => readConfig({ SMTP_URL: url })).toThrow('MAIL_FROM: must be set together with SMTP_URL')
  expect(() => readConfig({ SMTP_URL: 'http://cuaso:s3cret@thu.example.vn' })).toThrow(/^SMTP_URL: must start with smtp/)
  expect(() => readConfig({ SMTP_URL: url, MAIL_FROM: 'Cửa Số, cuaso@example.vn' })).toThrow(/^MAIL_FROM: /)
  expect(() => readConfig({ SMTP_URL: url, MAIL_FROM: 'a@b.vn\r\nBcc: c@d.vn' })).toThrow(/^MAIL_FROM: /)
})
