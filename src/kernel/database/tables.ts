// Column types of the migrated schema; `npm run types:db` writes this file.
export type DB = Record<string, Record<string, unknown>>
