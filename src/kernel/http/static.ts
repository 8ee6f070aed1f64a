import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, relative } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Web } from './context.ts'

const TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
}
const COMPRESSIBLE = new Set(['.css', '.js', '.svg', '.txt', '.json', '.webmanifest'])

interface Asset {
  type: string
  immutable: boolean
  plain: Buffer
  br?: Buffer
  gzip?: Buffer
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  })
}

/** Serves a folder of built files from memory, compressed once at start. Hashed names (under /assets/) are cached for ever. */
export function staticFiles(folder: string): (c: Web) => Response | undefined {
  const assets = new Map<string, Asset>()
  for (const file of filesBelow(folder)) {
    const path = `/${relative(folder, file).replaceAll('\\', '/')}`
    if (path.startsWith('/.vite')) continue
    const extension = extname(file)
    const plain = readFileSync(file)
    const asset: Asset = { type: TYPES[extension] ?? 'application/octet-stream', immutable: path.startsWith('/assets/'), plain }
    if (COMPRESSIBLE.has(extension)) {
      asset.br = brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })
      asset.gzip = gzipSync(plain, { level: 9 })
    }
    assets.set(path, asset)
  }
  return (c) => {
    const asset = assets.get(c.req.path)
    if (!asset) return undefined
    const accepts = c.req.header('accept-encoding') ?? ''
    const encoding = asset.br && /\bbr\b/.test(accepts) ? 'br' : asset.gzip && /\bgzip\b/.test(accepts) ? 'gzip' : undefined
    const body = encoding === 'br' ? asset.br : encoding === 'gzip' ? asset.gzip : asset.plain
    const headers: Record<string, string> = {
      'content-type': asset.type,
      'cache-control': asset.immutable ? 'public, max-age=31536000, immutable' : 'public, max-age=3600',
      'x-content-type-options': 'nosniff',
    }
    if (asset.br) headers.vary = 'accept-encoding'
    if (encoding) headers['content-encoding'] = encoding
    return new Response(body as unknown as BodyInit, { headers })
  }
}
