import type { Command } from 'commander'
import { compose } from '../compose.ts'
import { loadDemo } from '../demo/load.ts'
import { sealAll } from '../kernel/seal/index.ts'
import { foldAll } from '../modules/indicator/index.ts'
import { getProvince, withDatabase } from './database.ts'
import { type Progress, progress } from './progress.ts'

/** Fills the demo province, or what of it is missing, with a progress bar a part. */
async function fill(): Promise<void> {
  await withDatabase(async (opened) => {
    const province = await getProvince(opened)
    const { app } = await compose({ ...opened, province, owner: opened.migration })
    let bar: Progress | undefined
    try {
      await loadDemo(app, province, (name) => {
        bar?.stop()
        const shown = progress(`${name.vi} / ${name.en}`)
        bar = shown
        return (done, total) => shown.update(done, total)
      })
    } finally {
      bar?.stop()
    }
    // What the workers of a server would begin with; done here, the server starts small and quiet.
    await foldAll(app.db, province)
    await sealAll(app, province)
  })
}

export function configure(command: Command): void {
  command.action(fill)
}
