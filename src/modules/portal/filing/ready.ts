import { taskList } from '../../form/index.ts'
import type { OpenFiling } from './load.ts'

/** Whether every step is complete, and so the form can be sent. */
export const isReady = ({ definition, draft, today }: OpenFiling): boolean =>
  taskList(definition, draft.answers, today, Object.keys(draft.savedPages)).every(({ state }) => state === 'complete')
