// The floors of the house (docs/architecture.md). A module imports only from floors below its own, and other modules only by index.ts.
const floors = {
  1: ['organisation', 'calendar', 'indicator'],
  2: ['identity', 'catalogue', 'form', 'notification'],
  3: ['payment', 'paper', 'signature', 'printing'],
  4: ['dossier', 'feedback', 'queue', 'correspondence', 'fieldreport', 'team'],
  5: ['scheme', 'reporting', 'exchange', 'opendata'],
  6: ['campaign', 'plan'],
  7: ['portal', 'office', 'board', 'admin'],
}
const rooms = (from) =>
  Object.entries(floors)
    .filter(([floor]) => Number(floor) >= from)
    .flatMap(([, names]) => names)
    .join('|')

const TEST = '\\.test\\.tsx?$'
/** Parts of the kernel that touch the world; what is left (result, errors, text, clock's zone) a rule may use. */
const IMPURE_KERNEL = '^src/kernel/(database|http|jobs|files|log|config|access|app|command|context|events|paths|startup-error)'
const OUTSIDE_KERNEL = '^src/(modules|adapters|islands|cli|main\\.ts)'

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...Object.entries(floors).map(([floor, names]) => ({
      name: `floor-${floor}`,
      comment: `A room on floor ${floor} knows only rooms on floors below; it hears of what happens above through events.`,
      severity: 'error',
      from: { path: `^src/modules/(${names.join('|')})/` },
      to: { path: `^src/modules/(?:${rooms(Number(floor))})/`, pathNot: '^src/modules/$1/' },
    })),
    {
      name: 'every-room-has-a-floor',
      comment: 'A new module is written into the plan (docs/architecture.md) and into this list before it is built.',
      severity: 'error',
      from: { path: '^src/modules/', pathNot: `^src/modules/(?:${rooms(1)})/` },
      to: {},
    },
    {
      name: 'modules-only-through-index',
      comment: 'What a module shows to others stands in its index.ts; the rest may change without asking.',
      severity: 'error',
      from: { path: '^src/modules/([^/]+)/' },
      to: { path: '^src/modules/[^/]+/', pathNot: ['^src/modules/$1/', '^src/modules/[^/]+/index\\.ts$'] },
    },
    {
      name: 'outside-only-through-index',
      comment: 'Entry points and commands use modules by their index.ts as well.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(modules|adapters|kernel|ui|islands)/' },
      to: { path: '^src/modules/[^/]+/', pathNot: '^src/modules/[^/]+/index\\.ts$' },
    },
    {
      name: 'rules-are-pure',
      comment: 'A rule is a function of its arguments: no database, no HTTP, no clock, no environment.',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/rules/', pathNot: TEST },
      to: { path: [IMPURE_KERNEL, '^src/(ui|islands|adapters|cli|main)', '^src/modules/[^/]+/(commands|queries|pages|api|store)'] },
    },
    {
      name: 'rules-use-no-world',
      comment: 'Neither Node nor a library that talks to something.',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/rules/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'rules-use-no-impure-library',
      comment: 'Dates and schemas are values; databases, servers and files are not.',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/rules/', pathNot: TEST },
      to: { path: 'node_modules/(?:kysely|hono|@hono|pg|pg-[^/]+|pino|flydrive|oidc-provider|openid-client)/' },
    },
    {
      name: 'pages-know-no-sql',
      comment: 'A page parses input, calls a command or a query, and shows a view.',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/(pages/|api\\.ts$)', pathNot: TEST },
      to: { path: 'node_modules/(?:kysely|pg)/' },
    },
    {
      name: 'pages-touch-no-table',
      comment: 'What a page shows comes from a query (the shape of a row may be named).',
      severity: 'error',
      from: { path: '^src/modules/[^/]+/(pages/|api\\.ts$)', pathNot: TEST },
      to: { path: '^src/modules/[^/]+/store(\\.ts$|/)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'kernel-and-ui-know-no-module',
      comment: 'Every module stands on them; they stand on nothing of ours.',
      severity: 'error',
      from: { path: '^src/(kernel|ui)/', pathNot: TEST },
      to: { path: OUTSIDE_KERNEL },
    },
    {
      name: 'kernel-knows-no-look',
      comment: 'What a page looks like is not the kernel’s business.',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: TEST },
      to: { path: '^src/ui/' },
    },
    {
      name: 'adapters-know-only-ports',
      comment: 'An adapter speaks one outside protocol for one port; it never knows a page or a table.',
      severity: 'error',
      from: { path: '^src/adapters/' },
      to: { path: '^src/(modules|ui|cli|islands|main)', pathNot: '^src/modules/[^/]+/port\\.ts$' },
    },
    {
      name: 'islands-run-in-browsers',
      comment: 'Code for browsers takes nothing from Node or the server.',
      severity: 'error',
      from: { path: '^src/islands/', pathNot: TEST },
      to: { path: ['^src/(modules|adapters|cli|main)', IMPURE_KERNEL] },
    },
    {
      name: 'islands-use-no-node',
      comment: 'Code for browsers takes nothing from Node or the server.',
      severity: 'error',
      from: { path: '^src/islands/', pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or three.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'only-declared-packages',
      comment: 'What is imported stands in package.json and is found.',
      severity: 'error',
      from: { path: '^src/' },
      // `?url` asks the bundler for the address of a file, which it finds or fails.
      to: { couldNotResolve: true, pathNot: '\\?url$' },
    },
    {
      name: 'no-test-code-in-the-house',
      comment: 'What runs in production imports no test and no development tool.',
      severity: 'error',
      from: { path: '^src/', pathNot: TEST },
      to: { path: ['^test/', TEST] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.(scss|css|woff2|svg)$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
}
