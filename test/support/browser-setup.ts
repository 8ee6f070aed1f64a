import type { TestProject } from 'vitest/node'
import { ensureBuilt } from '../../scripts/build.mjs'
import { projectRoot } from '../../src/kernel/paths.ts'
import { type Chromium, findChromium } from './chromium.ts'

declare module 'vitest' {
  interface ProvidedContext {
    chromium: Chromium
  }
}

/** Browser tests look at what people get: built style sheets and islands. */
export default async function setup(project: TestProject): Promise<void> {
  process.env.CUASO_BUILD = await ensureBuilt(projectRoot)
  project.provide('chromium', findChromium())
}
