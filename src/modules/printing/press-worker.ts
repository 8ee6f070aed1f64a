// The press's own thread: typesetting and long spreadsheets are done here, so that no request waits for another's paper.
import { parentPort, workerData } from 'node:worker_threads'
import { createHand, type PressPlace, type Work } from './press-work.ts'

const hand = createHand(workerData as PressPlace)

parentPort?.on('message', async (work: Work) => {
  try {
    const bytes = await hand(work)
    parentPort?.postMessage({ bytes }, [bytes.buffer])
  } catch (error) {
    parentPort?.postMessage({ trouble: error instanceof Error ? error.message : String(error) })
  }
})
