import { dossierMeasures } from './modules/dossier/index.ts'
import { feedbackMeasures } from './modules/feedback/index.ts'
import type { MeasureSource } from './modules/indicator/index.ts'

/** Every module whose events are counted: what a recount reads. */
export const measureSources: readonly MeasureSource[] = [dossierMeasures, feedbackMeasures]
