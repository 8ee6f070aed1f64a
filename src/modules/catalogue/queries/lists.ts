/** What pages list as it stands: the versions of a procedure, fields and life events to choose from. */
export { listFields, listLifeEvents, listVersions } from '../store.ts'
