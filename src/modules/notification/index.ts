export { type Asked, NOTICE_ASKED, noticeEvent } from './notices.ts'
export { notificationRoom } from './room.ts'
export { toldBefore } from './store.ts'
