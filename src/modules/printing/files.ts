import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { templatesFolder, typeface } from './press.ts'
import { type FormSet, formSetsFile } from './rules/form-set.ts'
import { coverage } from './rules/glyphs.ts'

let sets: readonly FormSet[] | undefined
let covered: ReadonlySet<number> | undefined

/** The form sets of data/printing, oldest first. Throws when the file is not what it should be. */
export function formSets(): readonly FormSet[] {
  sets ??= formSetsFile
    .parse(JSON.parse(readFileSync(join(templatesFolder, 'form-sets.json'), 'utf8')))
    .sets.sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
  return sets
}

/** What every cut of the typeface has a picture for: a sign may stand in bold and in italics. */
export function printableSigns(): ReadonlySet<number> {
  if (covered) return covered
  const cuts = typeface.map((path) => coverage(readFileSync(path)))
  covered = new Set([...(cuts[0] ?? [])].filter((point) => cuts.every((cut) => cut.has(point))))
  return covered
}
