import type { MeasureCode } from '../dossier/index.ts'
import type { QuantityName } from './rules/quantities.ts'
import type { Expression, Indicator } from './rules/scheme.ts'

const measureOf: Readonly<Partial<Record<QuantityName, MeasureCode>>> = {
  received: 'received',
  on_time: 'on_time',
  online: 'online',
  online_complete: 'online_complete',
  fee_due: 'fee_due',
  paid_online: 'paid_online',
  result_due: 'result_due',
  result_given: 'result_given',
  digitised_complete: 'digitised_complete',
  reused: 'reused',
  population_data: 'population_data',
}

const first = ({ greatest }: Expression): MeasureCode | undefined => {
  const [term] = greatest[0] ?? []
  return term && term.sign === 1 ? measureOf[term.quantity] : undefined
}

/** By which measures the dossiers of an indicator are found: all of them, and those that count; undefined when it is not about dossiers. */
export function measuresBehind({
  numerator,
  denominator,
}: Pick<Indicator, 'numerator' | 'denominator'>): { readonly all: MeasureCode; readonly good: MeasureCode } | undefined {
  const [all, good] = [first(denominator), first(numerator)]
  return all && good && all !== good ? { all, good } : undefined
}
