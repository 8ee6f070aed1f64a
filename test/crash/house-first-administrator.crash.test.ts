import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureBuilt } from '../../scripts/build.mjs'
import { type Embedded, startEmbedded } from '../../src/kernel/database/embedded.ts'
import { projectRoot } from '../../src/kernel/paths.ts'
import { freePort, until } from '../support/crash-house.ts'
import { csrfIn, Visitor } from '../support/visitor.ts'

const folder = await mkdtemp(join(tmpdir(), 'cuaso-first-'))
const agencies = join(folder, 'agencies.csv')
let build = ''
let port = 0
let database: Embedded

const spawned = (words: readonly string[]) =>
  spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(build, 'server/cli.js'), ...words], {
    env: {
      ...{ PATH: process.env.PATH, HOME: folder, CUASO_DATA: folder, CUASO_BUILD: build, PORT: `${port}`, HOST: '127.0.0.1' },
      ...{ DEMO: 'false', PROVINCE: 'can-tho', LOG_LEVEL: 'error' },
    },
  })

/** `cuaso …` to its end. */
async function cuaso(words: readonly string[], input = ''): Promise<{ code: number; out: string; error: string }> {
  const child = spawned(words)
  child.stdin.end(input)
  const [out, error, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close') as Promise<[number]>])
  return { code, out, error }
}

const create = (username: string, more: readonly string[] = [], input?: string) =>
  cuaso(['officer', 'create', '--username', username, '--name', 'Nguyễn Thị Quản', '--role', 'administrator', ...more], input)

beforeAll(async () => {
  build = await ensureBuilt(projectRoot)
  port = await freePort()
  // Held for the whole file, so that not every command starts and stops PostgreSQL.
  database = await startEmbedded({ dataDir: folder })
  await writeFile(
    agencies,
    'code,name,tier,kind,parent_code,valid_from,valid_to\nH92,UBND thành phố Cần Thơ,province,people_committee,,2004-01-01,\n',
  )
  await cuaso(['init', '--province', 'can-tho', '--name', 'Thành phố Cần Thơ', '--code', '92', '--empty'])
}, 120_000)
afterAll(async () => {
  await database?.stop()
  await rm(folder, { recursive: true, force: true, maxRetries: 5 })
})

test('an agency that is not there, a weak password and a name that is taken are one clear line each', async () => {
  expect(await create('quantri', ['--agency', 'H92'])).toMatchObject({ code: 1, error: expect.stringContaining('cuaso import agencies') })
  expect(await cuaso(['import', 'agencies', agencies])).toMatchObject({ code: 0, out: '1 imported, 0 unchanged, 0 rejected\n' })
  const weak = await create('quantri', ['--agency', 'H92', '--password-stdin'], '123456789012\n')
  expect(weak).toMatchObject({ code: 1, out: '', error: expect.stringContaining('dễ đoán') })
  expect(await create('quantri.cu', ['--agency', 'H92', '--password-stdin'], 'rừng đước xanh nước lợ\n')).toMatchObject({ code: 0 })
  const taken = await create('quantri.cu', ['--agency', 'H92'])
  expect(taken).toMatchObject({ code: 1, error: expect.stringContaining('đã có người dùng') })
  for (const { error } of [weak, taken]) expect(error.trim().split('\n')).toHaveLength(1)
})

test('the first administrator comes in with the password shown once, must choose another, and may then administer', async () => {
  const made = JSON.parse((await create('Quan.Tri', ['--agency', 'H92', '--json'])).out) as Record<string, string>
  expect(made).toMatchObject({ username: 'quan.tri', temporary_password: expect.stringMatching(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/) })
  const password = made.temporary_password ?? ''
  const server = spawned(['start'])
  const origin = `http://127.0.0.1:${port}`
  await until('the server is ready', () =>
    fetch(`${origin}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ),
  )
  const visitor = new Visitor((request) => fetch(request), origin)
  await visitor.submit('/dang-nhap/can-bo', { username: 'quan.tri', password })
  const kept = await visitor.follow(await visitor.send('/quan-tri/can-bo', { headers: { accept: 'text/html' } }))
  expect(kept.way.at(-1)).toContain('/tai-khoan/mat-khau')
  const next = 'rừng tràm chim nước nổi'
  const form = await kept.response.text()
  const changed = await visitor.post('/tai-khoan/mat-khau', { _csrf: csrfIn(form), current: password, next, repeat: next })
  expect(changed.status).toBe(303)
  expect(changed.headers.get('location'), 'invited to protect the account').toContain('/tai-khoan/hai-lop/moi')
  const officers = await (await visitor.get('/quan-tri/can-bo')).text()
  expect(officers).toContain('quan.tri')
  expect((await visitor.get('/quan-tri/can-bo/moi')).status).toBe(200)

  const doctor = await cuaso(['doctor'])
  expect(doctor.out).toMatch(/^! second factor +a password only: quan\.tri/m)
  const bare = await cuaso(['officer', 'reset-factor', '--username', 'quan.tri', '--reason', 'mất điện thoại'])
  expect(bare).toMatchObject({ code: 1, error: expect.stringContaining('chưa có lớp bảo vệ thứ hai') })

  const reset = await cuaso(['officer', 'reset-password', '--username', 'quan.tri'])
  expect(reset.out).not.toContain(password)
  expect(reset).toMatchObject({ code: 0, out: expect.stringContaining('quan.tri') })
  expect((await visitor.get('/tai-khoan')).status).not.toBe(200)
  const end = once(server, 'exit')
  server.kill('SIGTERM')
  await end
  const log = JSON.parse((await cuaso(['check', 'log', '--json'])).out) as { ok: boolean }
  expect(log.ok).toBe(true)
})
