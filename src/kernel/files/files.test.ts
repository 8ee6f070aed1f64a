import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { beforeAll, expect, test } from 'vitest'
import { type Config, readConfig } from '../config/index.ts'
import { createFiles, documentTypes, type Files } from './index.ts'

let config: Config
let files: Files
const PDF = `%PDF-1.4\n${'x'.repeat(5000)}`
const sha = createHash('sha256').update(PDF).digest('hex')
const put = (content: string | Iterable<string> | AsyncIterable<string>, name = 'giấy.pdf', maxBytes = 10_000) =>
  files.put(name, Readable.from(typeof content === 'string' ? [Buffer.from(content)] : content, { objectMode: false }), {
    maxBytes,
    accept: documentTypes,
  })
const incoming = () => readdir(join(config.CUASO_DATA, 'files', 'incoming'))

beforeAll(async () => {
  config = readConfig({ CUASO_DATA: await mkdtemp(join(tmpdir(), 'cuaso-files-')) })
  files = await createFiles(config)
})

test('a file is kept under the hash of its content and comes back byte for byte', async () => {
  expect(await put(PDF)).toEqual({ ok: true, value: { sha256: sha, size: PDF.length, type: 'application/pdf', name: 'giấy.pdf' } })
  expect(await files.exists(sha)).toBe(true)
  expect(await text(await files.read(sha))).toBe(PDF)
  expect(await incoming()).toEqual([])
})

test('the same content twenty times at once is kept once and whole', async () => {
  const other = `%PDF-1.7\n${'y'.repeat(9000)}`
  const all = await Promise.all(Array.from({ length: 20 }, () => put(other)))
  expect(all.every((result) => result.ok)).toBe(true)
  const name = createHash('sha256').update(other).digest('hex')
  expect(await readFile(join(config.CUASO_DATA, 'files', 'store', name.slice(0, 2), name.slice(2, 4), name), 'utf8')).toBe(other)
  expect(await incoming()).toEqual([])
})

test.each([
  ['too large by one byte', `%PDF-1.4\n${'x'.repeat(10_000 - 8)}`, 'file.too-large'],
  ['empty', '', 'file.empty'],
  ['a program with the name of a document', '#!/bin/sh\nrm -rf /\n', 'file.wrong-kind'],
  ['a page with the name of a document', '<!doctype html><script>alert(1)</script>', 'file.wrong-kind'],
])('what is %s is not kept', async (_what, content, code) => {
  expect(await put(content)).toMatchObject({ ok: false, error: { code } })
  expect(await incoming()).toEqual([])
})

test('an upload that breaks off leaves nothing', async () => {
  async function* broken(): AsyncGenerator<string> {
    yield '%PDF-1.4\n'
    throw new Error('the line went dead')
  }
  await expect(put(broken())).rejects.toThrow('the line went dead')
  expect(await incoming()).toEqual([])
})

test.each([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Giấy tờ\\a.pdf', 'a.pdf'],
  ['a\u0000b\n.pdf', 'a_b_.pdf'],
  ['..', '..'],
  ['', 'tep'],
  [`${'dài'.repeat(200)}.pdf`, undefined],
])('the name "%s" is safe to show and to download as', async (name, expected) => {
  const result = await put(PDF, name)
  const kept = result.ok ? result.value.name : ''
  if (expected) expect(kept).toBe(expected)
  expect(kept.length).toBeLessThanOrEqual(200)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(kept).not.toMatch(/[\u0000-\u001f/\\"<>|?*:]/)
})

test('what a killed server left half-uploaded is cleared a day later', async () => {
  const folder = join(config.CUASO_DATA, 'files', 'incoming')
  await writeFile(join(folder, 'old'), 'x')
  await writeFile(join(folder, 'new'), 'x')
  const longAgo = new Date(Date.now() - 2 * 86_400_000)
  await utimes(join(folder, 'old'), longAgo, longAgo)
  await createFiles(config)
  expect(await incoming()).toEqual(['new'])
})
