import type { Room } from '../../kernel/app.ts'
import { permissions } from './permissions.ts'

/** What e-forms bring to the house: rights. Their pages are rendered by the doors. */
export const formRoom: Room = { name: 'form', permissions }
