import { openHouse, startServer } from './lib/house.ts'
import { quantile } from './lib/interleave.ts'
import { memoryOf } from './lib/processes.ts'

/** Public pages: what a phone with an empty cache transfers, how long rendering takes at 50 requests a second, what the server holds in memory. */
const PAGES = [
  '/',
  '/thu-tuc',
  '/thu-tuc?q=khai+sinh',
  '/thu-tuc/1.001193',
  '/tra-cuu',
  '/dang-nhap',
  '/dang-nhap/can-bo',
  '/dang-xuat',
  '/api/v1',
]
const LIMIT = 60_000
const house = await openHouse()
const server = await startServer(house)

/** Bytes of a response as they travel: body as encoded, and its header lines. */
async function weigh(path: string): Promise<{ bytes: number; text: string }> {
  const { request } = await import('node:http')
  return new Promise((resolve, reject) => {
    request(server.origin + path, { headers: { 'accept-encoding': 'br, gzip', accept: '*/*' } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', async () => {
        const body = Buffer.concat(chunks)
        const head = response.rawHeaders.reduce((sum, part) => sum + part.length + 2, 20)
        const { brotliDecompressSync, gunzipSync } = await import('node:zlib')
        const encoding = response.headers['content-encoding']
        const plain = encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body
        resolve({ bytes: body.length + head, text: plain.toString('utf8') })
      })
    })
      .on('error', reject)
      .end()
  })
}

/** A page with everything it loads: styles, scripts and what they import, fonts named by the styles. */
async function coldCache(path: string): Promise<{ total: number; parts: number }> {
  const seen = new Set<string>()
  const visit = async (address: string): Promise<number> => {
    if (seen.has(address)) return 0
    seen.add(address)
    const { bytes, text } = await weigh(address)
    const found = new Set<string>()
    for (const match of text.matchAll(/(?:href|src)="(\/(?:assets|favicon)[^"]*)"/g))
      if (/\.(css|js|svg|woff2|ico|png)/.test(match[1] ?? '')) found.add(match[1] ?? '')
    if (address.endsWith('.css'))
      for (const match of text.matchAll(/url\(["']?(\/[^"')]+|\.[^"')]+)/g))
        found.add(new URL(match[1] ?? '', server.origin + address).pathname)
    if (address.endsWith('.js'))
      for (const match of text.matchAll(/(?:from|import)\s*["'](\.?\.?\/[^"']+)["']/g))
        found.add(new URL(match[1] ?? '', server.origin + address).pathname)
    let total = bytes
    for (const next of found) total += await visit(next)
    return total
  }
  return { total: await visit(path), parts: seen.size }
}

const memory = (): number => memoryOf(server.pid)

try {
  console.log('cold cache, everything a page loads:')
  for (const path of PAGES) {
    const { total, parts } = await coldCache(path)
    console.log(`  ${path}: ${(total / 1000).toFixed(1)} kB in ${parts} files ${total <= LIMIT ? '' : '  OVER 60 kB'}`)
  }
  for (const path of ['/', '/thu-tuc', '/thu-tuc/1.001193']) {
    const times: number[] = []
    const pending: Promise<void>[] = []
    for (let at = 0; at < 500; at += 1) {
      const started = performance.now()
      pending.push(
        fetch(server.origin + path)
          .then((response) => response.arrayBuffer())
          .then(() => void times.push(performance.now() - started)),
      )
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await Promise.all(pending)
    console.log(
      `${path} at 50 requests/s: p50 ${quantile(times, 0.5).toFixed(1)} ms, p95 ${quantile(times, 0.95).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`,
    )
  }
  console.log(`resident memory of the server: ${memory().toFixed(0)} MB  goal ≤ 300: ${memory() <= 300 ? 'reached' : 'NOT reached'}`)
} finally {
  await server.stop()
  await house.close().catch(() => undefined)
}
