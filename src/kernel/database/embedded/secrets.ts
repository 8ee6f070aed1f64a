import { createHash, randomBytes } from 'node:crypto'
import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Passwords of the two roles of the embedded database. Kept in the data folder, readable by its owner only. */
export interface Secrets {
  readonly owner: string
  readonly app: string
}

const pathOf = (dataDir: string): string => join(dataDir, 'secrets.json')

/** The secrets of this data folder, or nothing when there are none (or not whole ones). */
export async function readSecrets(dataDir: string): Promise<Secrets | undefined> {
  const text = await readFile(pathOf(dataDir), 'utf8').catch(() => '')
  try {
    const { owner, app } = (JSON.parse(text) as { database?: Partial<Secrets> }).database ?? {}
    return owner && app ? { owner, app } : undefined
  } catch {
    return undefined
  }
}

/** Reads the secrets, making them the first time. Other entries of the file are kept. */
export async function ensureSecrets(dataDir: string): Promise<Secrets> {
  const known = await readSecrets(dataDir)
  if (known) return known
  const secrets = { owner: randomBytes(24).toString('base64url'), app: randomBytes(24).toString('base64url') }
  const text = await readFile(pathOf(dataDir), 'utf8').catch(() => '{}')
  let other: object = {}
  try {
    other = JSON.parse(text) as object
  } catch {
    // A file cut short by a full disk: nothing in it can be used.
  }
  const draft = `${pathOf(dataDir)}.${process.pid}`
  await writeFile(draft, JSON.stringify({ ...other, database: secrets }, null, 2), { mode: 0o600 })
  await rename(draft, pathOf(dataDir))
  return secrets
}

/** What the cluster remembers of the secrets it was given, to notice that the file was lost and made again. */
export const fingerprint = (secrets: Secrets): string => createHash('sha256').update(`${secrets.owner}\n${secrets.app}`).digest('hex')
