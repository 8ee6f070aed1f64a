import { fill } from './lib/fill.ts'
import { openHouse, signInOfficer, startServer } from './lib/house.ts'
import { latencies, showLatency } from './lib/interleave.ts'
import { perSecond } from './lib/stage.ts'

/** Work list, search and one dossier over HTTP at 10,000 and at 1,000,000 dossiers: what an officer waits for. */
const SIZES = [10_000, Number(process.env.BENCH_DOSSIERS ?? 1_000_000)]
const house = await openHouse()
const server = await startServer(house)

try {
  const clerk = await signInOfficer(server.origin, 'caicach')
  const get = async (path: string, cookie: string): Promise<number> => {
    const response = await fetch(server.origin + path, { headers: { cookie, accept: 'text/html' } })
    const body = await response.arrayBuffer()
    if (response.status !== 200) throw new Error(`${path}: ${response.status}`)
    return body.byteLength
  }
  console.log('as an officer who sees the whole province')
  let filled = 0
  for (const size of SIZES) {
    await fill(house, filled, size, 1000)
    filled = size
    const pages: [string, string][] = [
      ['work list, 50 rows (page)', '/mot-cua'],
      ['work list, overdue (page)', '/mot-cua?han=overdue'],
      ['work list, 50 rows (JSON)', '/api/v1/dossiers?limit=50'],
      ['search by name', `/mot-cua?q=${encodeURIComponent(`nguyen van ${Math.floor(size * 0.7)}`)}`],
      ['search by phone', `/mot-cua?q=09${String(Math.floor(size * 0.3)).padStart(8, '0')}`],
    ]
    console.log(`\n${size.toLocaleString('en')} dossiers`)
    for (const [name, path] of pages) {
      const bytes = await get(path, clerk.cookie)
      const times = await latencies(40, () => get(path, clerk.cookie))
      const rate = await perSecond(8, 2, () => get(path, clerk.cookie))
      console.log(
        `  ${name}: ${showLatency(times)}; ${rate.toFixed(0)} requests/s with 8 clients; ${(bytes / 1024).toFixed(0)} kB before compression`,
      )
    }
  }
} finally {
  await server.stop()
  await house.close().catch(() => undefined)
}
