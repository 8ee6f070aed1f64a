// A process of its own that uses the embedded database of a folder until its input closes. Prints its address as one JSON line.
import { startEmbedded } from '../../src/kernel/database/embedded.ts'

const [dataDir = '', mode] = process.argv.slice(2)
const database = await startEmbedded({
  dataDir,
  supervise: mode === 'supervise',
  settings: { shared_buffers: '16MB' },
  onLost: (error) => {
    console.error(error.message)
    process.exit(1)
  },
})
console.log(JSON.stringify({ ownerUrl: database.ownerUrl, appUrl: database.appUrl, pid: database.pid }))
process.stdin.resume()
process.stdin.on('end', async () => {
  await database.stop()
  process.exit(0)
})
