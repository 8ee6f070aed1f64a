import type { Room } from './kernel/app.ts'

/** Every room of the house, floor by floor. */
export const rooms: readonly Room[] = []
