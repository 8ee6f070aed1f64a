// Writes src/kernel/database/tables.ts: the column types of the schema as the migrations make it. `npm run types:db`
import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../src/kernel/database/embedded.ts'
import { createProvince, migrate } from '../src/kernel/database/migrate.ts'
import { migrationsFolder, projectRoot } from '../src/kernel/paths.ts'

const file = join(projectRoot, 'src/kernel/database/tables.ts')
const bin = (name: string): string => join(projectRoot, 'node_modules/.bin', name)

const arrive = { timestamptz: 'Temporal.Instant', date: 'Day', int8: 'number', numeric: 'string', bytea: 'Uint8Array', xid8: 'string' }

const dataDir = await mkdtemp(join(tmpdir(), 'cuaso-types-'))
await chmod(dataDir, 0o755)
const database = await startEmbedded({ dataDir, settings: { fsync: 'off' } })
try {
  const options = { ownerUrl: database.ownerUrl, appRole: 'cuaso_app', folder: migrationsFolder }
  await migrate(options)
  await createProvince(options, { slug: 'ca-mau', name: 'Tỉnh Cà Mau', code: '96' })
  const run = spawnSync(
    bin('kysely-codegen'),
    [
      ...[
        '--dialect',
        'postgres',
        '--url',
        database.ownerUrl,
        '--out-file',
        file,
        '--default-schema',
        'ca_mau',
        '--default-schema',
        'shared',
      ],
      ...['--include-pattern', '(ca_mau|shared).*', '--exclude-pattern', '*.migration', '--date-parser', 'string', '--log-level', 'error'],
      ...['--type-mapping', JSON.stringify(arrive)],
      ...['--custom-imports', JSON.stringify({ Temporal: 'temporal-polyfill' })],
    ],
    { cwd: projectRoot, stdio: 'inherit' },
  )
  if (run.status !== 0) throw new Error('kysely-codegen failed')
  const text = await readFile(file, 'utf8')
  const head = "// Column types of the migrated schema, written by `npm run types:db`.\n\nimport type { Day } from '../clock.ts'"
  await writeFile(file, text.replace(/\/\*\*[\s\S]*?\*\/\n/, head))
  spawnSync(bin('biome'), ['check', '--write', file], { cwd: projectRoot, stdio: 'inherit' })
} finally {
  await database.stop()
  await rm(dataDir, { recursive: true, force: true })
}
