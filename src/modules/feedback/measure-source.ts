import type { Facts, MeasureSource } from '../indicator/index.ts'
import type { CountChange } from './rules/facts.ts'
import { eventTexts } from './texts.ts'

/** How a recount reads the events of petitions, ratings and dossier marks: what each counts for afterwards; undefined where nothing moved. */
export const feedbackMeasures: MeasureSource = {
  types: [...Object.keys(eventTexts), 'rating.given', 'rating.changed', 'dossier-mark.set'],
  part: 'count',
  factsOf: (count): Facts | null | undefined => (count as CountChange | null)?.after,
}
