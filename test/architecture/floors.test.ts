import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as { forbidden: { name: string }[] }

/** A house that breaks each rule once: rule, file, what the file says. */
const wrong: readonly [rule: string, file: string, text: string][] = [
  ['floor-1', 'src/modules/organisation/index.ts', `import '../dossier/index.ts'`],
  ['floor-2', 'src/modules/catalogue/index.ts', `import '../form/index.ts'`],
  ['floor-3', 'src/modules/payment/index.ts', `import type { Dossier } from '../dossier/index.ts'\nexport type Payment = Dossier`],
  ['floor-4', 'src/modules/dossier/index.ts', `import '../plan/index.ts'\nexport type Dossier = string`],
  ['floor-5', 'src/modules/scheme/index.ts', `import '../plan/index.ts'`],
  ['floor-6', 'src/modules/plan/index.ts', `import '../board/index.ts'`],
  ['floor-7', 'src/modules/portal/index.ts', `import '../office/index.ts'`],
  ['every-room-has-a-floor', 'src/modules/cellar/index.ts', `import '../../kernel/result.ts'`],
  ['modules-only-through-index', 'src/modules/board/index.ts', `import '../indicator/store.ts'`],
  ['outside-only-through-index', 'src/cli/main.ts', `import '../modules/indicator/store.ts'`],
  ['rules-are-pure', 'src/modules/dossier/rules/due.ts', `import '../../../kernel/database/index.ts'`],
  ['rules-use-no-world', 'src/modules/dossier/rules/read.ts', `import 'node:fs'`],
  ['rules-use-no-impure-library', 'src/modules/dossier/rules/ask.ts', `import { sql } from 'kysely'\nexport default sql`],
  ['pages-know-no-sql', 'src/modules/dossier/pages/list.tsx', `import type { Kysely } from 'kysely'\nexport type List = Kysely<unknown>`],
  ['pages-touch-no-table', 'src/modules/dossier/pages/one.tsx', `import '../store.ts'`],
  ['kernel-and-ui-know-no-module', 'src/ui/layout.tsx', `import '../modules/office/index.ts'`],
  ['kernel-knows-no-look', 'src/kernel/http/page.ts', `import '../../ui/mark.ts'`],
  ['adapters-know-only-ports', 'src/adapters/sms/demo/index.ts', `import '../../../modules/office/index.ts'`],
  ['islands-run-in-browsers', 'src/islands/map/main.ts', `import '../../kernel/database/index.ts'`],
  ['islands-use-no-node', 'src/islands/scan/main.ts', `import 'node:path'`],
  ['no-cycles', 'src/kernel/left.ts', `import './right.ts'`],
  ['only-declared-packages', 'src/kernel/odd.ts', `import 'a-package-nobody-installed'`],
  ['no-test-code-in-the-house', 'src/kernel/cheat.ts', `import './result.test.ts'`],
]

/** What the wrong files need to find, itself in order. */
const right: Readonly<Record<string, string>> = {
  'src/kernel/result.ts': '',
  'src/kernel/result.test.ts': '',
  'src/kernel/right.ts': `import './left.ts'`,
  'src/kernel/database/index.ts': '',
  'src/ui/mark.ts': '',
  'src/modules/form/index.ts': '',
  'src/modules/office/index.ts': `import '../dossier/index.ts'\nimport '../payment/index.ts'\nimport type { Dossier } from '../dossier/index.ts'\nexport type X = Dossier`,
  'src/modules/indicator/store.ts': `import { sql } from 'kysely'\nexport default sql`,
  'src/modules/payment/port.ts': '',
  'src/modules/dossier/store.ts': 'export type Row = string',
  'src/modules/dossier/pages/two.tsx': `import type { Row } from '../store.ts'\nexport type Two = Row`,
  'src/adapters/payment/demo/index.ts': `import '../../../modules/payment/port.ts'`,
  'tsconfig.json': '{"compilerOptions":{"module":"ESNext","moduleResolution":"bundler","allowImportingTsExtensions":true,"noEmit":true}}',
}

interface Violation {
  from: string
  rule: { name: string }
}

const house = mkdtempSync(join(tmpdir(), 'cuaso-house-'))
afterAll(() => rmSync(house, { recursive: true, force: true }))

function inspect(): Violation[] {
  for (const [file, text] of [...Object.entries(right), ...wrong.map(([, file, text]) => [file, text] as const)]) {
    mkdirSync(dirname(join(house, file)), { recursive: true })
    writeFileSync(join(house, file), `${text}\n`)
  }
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'))
  const run = spawnSync(join(root, 'node_modules/.bin/node'), [join(root, 'scripts/architecture.mjs'), '--output-type', 'json', 'src'], {
    cwd: house,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return (JSON.parse(run.stdout) as { summary: { violations: Violation[] } }).summary.violations
}

const violations = inspect()

test.each(wrong)('%s is broken by %s', (rule, file) => {
  expect(violations.map((violation) => `${violation.rule.name}: ${violation.from}`)).toContain(`${rule}: ${file}`)
})

test('every rule of the house is broken by an example', () => {
  expect(forbidden.map(({ name }) => name).sort()).toEqual(wrong.map(([rule]) => rule).sort())
})

test('a house in order is left alone', () => {
  expect(violations.filter(({ from, rule }) => from in right && rule.name !== 'no-cycles')).toEqual([])
})
