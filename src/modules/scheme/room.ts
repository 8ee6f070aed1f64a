import type { Room } from '../../kernel/app.ts'
import { schemeApi } from './api.ts'

/** What the index brings to the house: its JSON routes. Its screens are the board's. */
export const schemeRoom: Room = { name: 'scheme', api: schemeApi }
