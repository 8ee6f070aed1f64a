import type { Room } from '../../kernel/app.ts'
import { dossierApi } from './api.ts'
import { permissions } from './permissions.ts'

/** What dossiers bring to the house: rights and JSON routes. Their screens are the doors' own. */
export const dossierRoom: Room = { name: 'dossier', permissions, api: dossierApi }
