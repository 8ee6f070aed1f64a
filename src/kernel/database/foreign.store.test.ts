import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { testDatabase } from '../../../test/support/database.ts'
import { useForeign } from './foreign.ts'
import { openDatabase } from './index.ts'

const { ownerUrl, appUrl, owner, province } = await testDatabase()

const changed = (parts: Partial<URL>): string => Object.assign(new URL(ownerUrl), parts).href

test('an owner and an application of their own are taken as they are', async () => {
  expect(await useForeign(ownerUrl, appUrl)).toEqual({ ownerUrl, appUrl, appRole: 'cuaso_app' })
})

test('what is wrong with an address is told in one line, without its password', async () => {
  await expect(useForeign(changed({ port: '1' }))).rejects.toThrow(/không kết nối được .* nothing answers at 127.0.0.1:1/)
  await expect(useForeign(changed({ pathname: '/no_such_database' }))).rejects.toThrow(/không có cơ sở dữ liệu.*no such database/)
  const wrong = await useForeign(changed({ password: 'not-the-password' })).catch((error: Error) => error.message)
  expect(wrong).toMatch(/sai mật khẩu.*wrong password/)
  expect(wrong).not.toContain('not-the-password')
})

test('a database that cannot hold Vietnamese is refused', async () => {
  const name = `cuaso_test_ascii_${randomBytes(4).toString('hex')}`
  await owner(`create database ${name} template template0 encoding 'SQL_ASCII' locale 'C'`)
  try {
    await expect(useForeign(changed({ pathname: `/${name}` }))).rejects.toThrow(/SQL_ASCII, cần UTF8/)
  } finally {
    await owner(`drop database ${name}`)
  }
})

test('a login that may not make schemas is refused', async () => {
  await expect(useForeign(appUrl)).rejects.toThrow(/không có quyền CREATE.*lacks the CREATE right/)
})

test('the role given up to works in the province', async () => {
  const db = openDatabase({ url: appUrl, role: 'cuaso_app' })
  try {
    const { rows } = await db.read(province, (tx) => sql<{ who: string }>`select current_user as who`.execute(tx))
    expect(rows).toEqual([{ who: 'cuaso_app' }])
  } finally {
    await db.close()
  }
})
