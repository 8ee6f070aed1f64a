export { createRelay, type Relay, type Subscriber } from './relay.ts'
export { type LoggedEvent, measureLag } from './store.ts'
