import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** What the stand-in keeps between starts: signing key, cookie key, and the secret it shares with us. */
export interface StandInKeys {
  readonly signing: Record<string, unknown>
  readonly cookies: string
  readonly clientSecret: string
}

function makeKeys(): StandInKeys {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const signing = { ...privateKey.export({ format: 'jwk' }), kid: randomBytes(8).toString('hex'), use: 'sig', alg: 'RS256' }
  return { signing, cookies: randomBytes(32).toString('base64url'), clientSecret: randomBytes(32).toString('base64url') }
}

/** Reads the stand-in's keys from the data folder, making them the first time. */
export async function readOrMakeKeys(dataFolder: string): Promise<StandInKeys> {
  const path = join(dataFolder, 'vneid-gia-lap.json')
  const text = await readFile(path, 'utf8').catch(() => '')
  try {
    const kept = JSON.parse(text) as Partial<StandInKeys>
    if (kept.signing && kept.cookies && kept.clientSecret) return kept as StandInKeys
  } catch {
    // None yet, or a file cut short: made anew. Nothing but sign-ins under way depends on them.
  }
  const keys = makeKeys()
  await mkdir(dataFolder, { recursive: true })
  const draft = `${path}.${process.pid}`
  await writeFile(draft, JSON.stringify(keys), { mode: 0o600 })
  await rename(draft, path)
  return keys
}
