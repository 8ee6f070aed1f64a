import { Presets, SingleBar } from 'cli-progress'

/** Shows how far a long piece of work is: a bar on a terminal, a line now and then elsewhere. Written to standard error. */
export interface Progress {
  /** `done` of `total` units of work; `detail` says it in other words, such as rows and their rate. */
  update(done: number, total: number, detail?: string): void
  stop(): void
}

const QUIET_MS = 10_000

function bar(label: string): Progress {
  const single = new SingleBar(
    {
      format: `${label} {bar} {percentage} %  {detail}  {duration_formatted}, còn / left {eta_formatted}`,
      hideCursor: true,
      clearOnComplete: false,
      stream: process.stderr,
    },
    Presets.shades_classic,
  )
  let begun = false
  return {
    update: (done, total, detail = `${done}/${total}`) => {
      if (begun) {
        if (single.getTotal() !== total) single.setTotal(total)
        single.update(done, { detail })
      } else single.start(total, done, { detail })
      begun = true
    },
    stop: () => single.stop(),
  }
}

function lines(label: string): Progress {
  const begun = Date.now()
  let last = Date.now()
  let shown = -1
  return {
    update: (done, total, detail = `${done}/${total}`) => {
      const percent = total > 0 ? Math.floor((100 * done) / total) : 100
      if (percent === shown || (percent < 100 && Date.now() - last < QUIET_MS)) return
      last = Date.now()
      shown = percent
      const left = done > 0 && done < total ? Math.round(((last - begun) * (total - done)) / done / 1000) : 0
      process.stderr.write(`${label} ${percent} % (${detail}${left > 0 ? `, còn / left ${left} s` : ''})\n`)
    },
    stop: () => undefined,
  }
}

export const progress = (label: string): Progress => (process.stderr.isTTY ? bar(label) : lines(label))
