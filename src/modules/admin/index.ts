export { adminRoom } from './room.ts'
