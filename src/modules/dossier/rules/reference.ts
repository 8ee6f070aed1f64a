export { makeReference, parseReference } from '../../../kernel/reference.ts'
