import { asset } from '../assets.ts'

/** Browser code that makes a page quicker; without it the page still does its job. */
export type IslandName =
  | 'search'
  | 'live-board'
  | 'office-keys'
  | 'copy'
  | 'guard'
  | 'intake'
  | 'intake-sign'
  | 'queue'
  | 'wall'
  | 'passkey'

/** Loads an island. Safe to write more than once: a module runs once. */
export const Island = ({ name }: { name: IslandName }) => <script type="module" src={asset(`${name}.js`)} />
