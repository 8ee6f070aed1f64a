import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** The folder that holds migrations/, data/ and package.json, whether this runs from src/ or from a build in dist/. */
function findRoot(): string {
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'migrations'))) return folder
  }
  throw new Error('package.json and migrations/ must lie above the program')
}

export const projectRoot: string = findRoot()

export const migrationsFolder: string = join(projectRoot, 'migrations')

export const dataFolder: string = join(projectRoot, 'data')

/** What browsers load. A build lives in dist/<stamp>, and whoever starts the program says which (CUASO_BUILD). */
export const clientFolder: string = join(process.env.CUASO_BUILD ?? join(projectRoot, 'dist'), 'client')
