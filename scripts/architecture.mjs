// Runs dependency-cruiser with the rules of the house, over src/ unless told otherwise. It reads TypeScript through the compiler's
// JavaScript interface, which TypeScript 7 no longer has, so for this tool alone `typescript` means the last version that does.
import { registerHooks } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

registerHooks({
  resolve: (specifier, context, next) => next(specifier.replace(/^typescript(?=$|\/)/, 'typescript-6'), context),
})

const config = join(dirname(dirname(fileURLToPath(import.meta.url))), '.dependency-cruiser.cjs')
const [program, script, ...asked] = process.argv
process.argv = [program, script, '--config', config, ...(asked.length > 0 ? asked : ['--output-type', 'err', 'src'])]
await import('../node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
