export { type Asked, NOTICE_ASKED, noticeEvent } from './notices.ts'
export type { Enclosure, FindEnclosure, ReadRecipients, Recipient } from './port.ts'
export { notificationRoom } from './room.ts'
export { toldBefore } from './store.ts'
