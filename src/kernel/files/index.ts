import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileTypeFromFile } from 'file-type'
import { Disk } from 'flydrive'
import { FSDriver } from 'flydrive/drivers/fs'
import type { Config } from '../config/index.ts'
import type { Refusal } from '../errors.ts'
import { ok, type Result, refuse } from '../result.ts'

/** A stored file: named by its content, so the same bytes are kept once. `size` in bytes, `type` as found in the bytes. */
export interface StoredFile {
  readonly sha256: string
  readonly size: number
  readonly type: string
  readonly name: string
}

export interface PutOptions {
  readonly maxBytes: number
  /** Media types that may come in, by content and not by name. */
  readonly accept: readonly string[]
}

export interface Files {
  /** Streams to disk while hashing; nothing is kept of a file that is too large or of a kind not accepted. */
  put(name: string, stream: Readable, options: PutOptions): Promise<Result<StoredFile>>
  read(sha256: string): Promise<Readable>
  exists(sha256: string): Promise<boolean>
  check(): Promise<string>
}

export const documentTypes = ['application/pdf', 'image/jpeg', 'image/png', 'image/webp', 'image/heic'] as const

export const fileRefusals = {
  tooLarge: (maxBytes: number): Refusal => ({
    code: 'file.too-large',
    status: 413,
    message: {
      vi: `Tệp lớn hơn ${Math.floor(maxBytes / 1_048_576)} MB nên chưa được nhận.`,
      en: `The file is larger than ${Math.floor(maxBytes / 1_048_576)} MB and was not taken.`,
    },
    next: { vi: 'Chụp hoặc quét lại với dung lượng nhỏ hơn rồi gửi lại.', en: 'Scan it again at a smaller size and send it again.' },
  }),
  wrongKind: {
    code: 'file.wrong-kind',
    status: 415,
    message: { vi: 'Loại tệp này chưa dùng được.', en: 'This kind of file cannot be used.' },
    next: { vi: 'Gửi tệp PDF hoặc ảnh JPG, PNG.', en: 'Send a PDF, or a JPG or PNG picture.' },
  },
  empty: {
    code: 'file.empty',
    status: 422,
    message: { vi: 'Tệp không có nội dung.', en: 'The file is empty.' },
    next: { vi: 'Chọn lại tệp rồi gửi lại.', en: 'Choose the file again and send it.' },
  },
} as const satisfies Record<string, Refusal | ((maxBytes: number) => Refusal)>

const keyOf = (sha256: string): string => `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`

const cleanName = (name: string): string => {
  const last = name.normalize('NFC').split(/[\\/]/).pop() ?? ''
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is being removed
  const safe = last.replace(/[\u0000-\u001f\u007f"<>|?*:]/g, '_')
  // By whole characters: half of one is no text that a database keeps.
  return [...safe].slice(-200).join('') || 'tep'
}

/** Files in a folder of the data directory, or in an S3-compatible store when one is configured. */
export async function createFiles(config: Config): Promise<Files> {
  const root = join(config.CUASO_DATA, 'files')
  const incoming = join(root, 'incoming')
  await mkdir(incoming, { recursive: true })
  await clearAbandoned(incoming)
  const disk = new Disk(await driver(config, root))

  /** Under its name all at once or not at all, and on the disk before anyone is told: a name always means the whole content. */
  const keep = async (path: string, key: string): Promise<void> => {
    if (config.S3_BUCKET) return disk.putStream(key, createReadStream(path))
    const target = join(root, 'store', key)
    await mkdir(dirname(target), { recursive: true })
    const file = await open(path, 'r+')
    await file.sync().finally(() => file.close())
    await rename(path, target)
  }

  return {
    async put(name, stream, { maxBytes, accept }) {
      const path = join(incoming, randomUUID())
      const hash = createHash('sha256')
      let size = 0
      const meter = new Transform({
        transform(chunk: Buffer, _encoding, done) {
          size += chunk.length
          // Read to its end and dropped: a form's stream that is closed early takes the rest of the form with it.
          if (size > maxBytes) return done()
          hash.update(chunk)
          done(null, chunk)
        },
      })
      try {
        await pipeline(stream, meter, createWriteStream(path, { mode: 0o600 }))
        if (size > maxBytes) return refuse(fileRefusals.tooLarge(maxBytes))
        if (size === 0) return refuse(fileRefusals.empty)
        const type = (await fileTypeFromFile(path))?.mime
        if (!type || !accept.includes(type)) return refuse(fileRefusals.wrongKind)
        const sha256 = hash.digest('hex')
        if (!(await disk.exists(keyOf(sha256)))) await keep(path, keyOf(sha256))
        return ok({ sha256, size, type, name: cleanName(name) })
      } finally {
        await rm(path, { force: true })
      }
    },
    read: (sha256) => disk.getStream(keyOf(sha256)),
    exists: (sha256) => disk.exists(keyOf(sha256)),
    check: async () => {
      if (config.S3_BUCKET) return `s3 ${config.S3_BUCKET}`
      await stat(incoming)
      return root
    },
  }
}

const ABANDONED_MS = 24 * 3_600_000

/** Uploads that were cut off when a server was killed. */
async function clearAbandoned(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name)
    const info = await stat(path).catch(() => undefined)
    if (info && Date.now() - info.mtimeMs > ABANDONED_MS) await rm(path, { force: true })
  }
}

async function driver(config: Config, root: string) {
  if (!config.S3_BUCKET) return new FSDriver({ location: join(root, 'store'), visibility: 'private' })
  // The S3 client is large and optional: only installations that use it install and load it.
  const { S3Driver } = await import('flydrive/drivers/s3')
  return new S3Driver({
    bucket: config.S3_BUCKET,
    region: config.S3_REGION,
    ...(config.S3_ENDPOINT ? { endpoint: config.S3_ENDPOINT, forcePathStyle: true } : {}),
    credentials: { accessKeyId: config.S3_ACCESS_KEY ?? '', secretAccessKey: config.S3_SECRET_KEY ?? '' },
    visibility: 'private',
  } as ConstructorParameters<typeof S3Driver>[0])
}
