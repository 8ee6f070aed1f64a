import type { MeasureSource } from '../indicator/index.ts'
import type { CountChange } from './measures.ts'
import { eventTexts } from './texts.ts'

/** How a recount reads dossier events: what the dossier counts for afterwards; undefined where nothing moved. */
export const dossierMeasures: MeasureSource = {
  types: Object.keys(eventTexts),
  part: 'count',
  factsOf: (count) => (count as CountChange | null)?.after,
}
