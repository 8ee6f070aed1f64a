import type { MeasureCode } from '../dossier/index.ts'
import type { QuantityName } from './rules/quantities.ts'
import type { Expression, Indicator } from './rules/scheme.ts'

/** Quantities whose dossiers are found by the measure of the same name. */
export type DossierQuantity = QuantityName & MeasureCode

const counted: readonly DossierQuantity[] = [
  'received',
  'on_time',
  'online',
  'online_complete',
  'fee_due',
  'paid_online',
  'result_due',
  'result_given',
  'digitised_complete',
  'reused',
  'population_data',
]

const first = ({ greatest }: Expression): DossierQuantity | undefined => {
  const [term] = greatest[0] ?? []
  return term && term.sign === 1 ? counted.find((one) => one === term.quantity) : undefined
}

/** How the dossiers of an indicator are found. */
export interface Behind {
  /** What all of them count in, and those that count. */
  readonly all: DossierQuantity
  readonly good: DossierQuantity
  /** Those still open and in time count as well, so that what is left is late. (Index 2.1.) */
  readonly openInTime: boolean
}

/** By which measures the dossiers of an indicator are found; undefined when it is not about dossiers. */
export function behindOf({ numerator, denominator }: Pick<Indicator, 'numerator' | 'denominator'>): Behind | undefined {
  const [all, good] = [first(denominator), first(numerator)]
  const openInTime = good === 'on_time' && numerator.greatest.flat().some(({ quantity }) => quantity === 'open_in_time')
  return all && good && all !== good ? { all, good, openInTime } : undefined
}
