import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withFileLock } from './file-lock.ts'
import { processMark } from './process-mark.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cuaso-lock-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** Many at once; returns how many were inside together at worst. */
async function crowd(path: string): Promise<number> {
  let inside = 0
  let worst = 0
  const one = () =>
    withFileLock(path, async () => {
      inside += 1
      worst = Math.max(worst, inside)
      await sleep(2)
      inside -= 1
    })
  await Promise.all(Array.from({ length: 20 }, one))
  return worst
}

test('only one is inside at a time, and nothing is left behind', async () => {
  expect(await crowd(join(folder, 'lock'))).toBe(1)
  expect(await readdir(folder)).toEqual([])
})

test('a lock whose holder died is taken over by exactly one', async () => {
  await writeFile(join(folder, 'lock'), 'dead-token-0000\n4194303:1:gone')
  expect(await crowd(join(folder, 'lock'))).toBe(1)
  expect(await readdir(folder)).toEqual([])
})

test('a heir that died while taking over is inherited from as well', async () => {
  await writeFile(join(folder, 'lock'), 'dead-token-0000\n4194303:1:gone')
  await writeFile(join(folder, 'lock.dead-tok'), 'dead-heir-00000\n4194302:1:gone')
  expect(await crowd(join(folder, 'lock'))).toBe(1)
})

test('a pid that was given to another process since does not hold the lock', async () => {
  const mine = processMark(process.pid) ?? ''
  await writeFile(join(folder, 'lock'), `old-token\n${mine.replace(/:\d+:/, ':1:')}`)
  expect(await withFileLock(join(folder, 'lock'), async () => 'in')).toBe('in')
})

test('a living holder is waited for, and named when it takes too long', async () => {
  await writeFile(join(folder, 'lock'), `its-token\n${processMark(process.pid)}`)
  await expect(withFileLock(join(folder, 'lock'), async () => 'in', 60)).rejects.toThrow(`process ${process.pid} has been holding`)
})
