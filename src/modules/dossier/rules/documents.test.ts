import { describe, expect, test } from 'vitest'
import { documentName, readDocumentName } from './document-names.ts'
import { documentSteps, handOvers, type StepTaken } from './documents.ts'

let version = 0
const step = (type: string, data: object = {}, name = 'Lê Thị Cúc'): StepTaken => {
  version += 1
  return { at: `2026-11-21T0${version % 10}:00:00Z`, type, actor: { kind: 'officer', name }, data: { version, ...data } }
}

const shown = (steps: readonly StepTaken[]): string[] =>
  documentSteps(steps).map(({ kind, occurrence, undone }) => `${kind} ${occurrence}${undone ? ' undone' : ''}`)

describe('papers that a history calls for', () => {
  test('each round of supplements has a paper of its own, and what is no business of the applicant has none', () => {
    const history = [
      'submitted',
      'received',
      'assigned',
      'supplement-requested',
      'supplement-answered',
      'supplement-requested',
      'extended',
      'issued',
    ]
    expect(shown(history.map((name) => step(`dossier.${name}`)))).toEqual(['receipt 1', 'supplement 1', 'supplement 2', 'extension 1'])
  })

  test('a correction after reception calls for the receipt again, one before it does not', () => {
    expect(
      shown([step('dossier.submitted'), step('dossier.details-corrected'), step('dossier.received'), step('dossier.details-corrected')]),
    ).toEqual(['receipt 1', 'receipt 2'])
  })

  test('a step that was taken back keeps its place in the count, and its paper is no longer handed out', () => {
    const refused = step('dossier.refused')
    const undo = step('dossier.undone', { undoes: [{ version: refused.data.version, type: 'dossier.refused' }] })
    expect(shown([step('dossier.submitted'), refused, undo, step('dossier.refused')])).toEqual(['refusal 1 undone', 'refusal 2'])
  })

  test('an imported dossier has a receipt when its line says when it was received', () => {
    const imported = documentSteps([step('dossier.imported', { received: '2022-03-01T02:00:00Z' })])
    expect(imported).toMatchObject([{ kind: 'receipt', occurrence: 1, at: '2022-03-01T02:00:00Z', imported: true }])
    expect(shown([step('dossier.imported')])).toEqual([])
  })

  test('hand-overs name who gave and who took, and forget a step taken back', () => {
    const assigned = step('dossier.assigned', { assigneeName: 'Phạm Văn Hai' }, 'Huỳnh Minh Tư')
    const wrong = step('dossier.submitted-for-signature', {}, 'Phạm Văn Hai')
    const lines = handOvers(
      [
        step('dossier.received'),
        assigned,
        wrong,
        step('dossier.undone', { undoes: [{ version: wrong.data.version }] }),
        step('dossier.returned', { receivedBy: 'Trần Bình' }),
      ],
      'Nguyễn Thị Đào',
    )
    expect(lines.map(({ giver, taker, what }) => `${giver} → ${taker}: ${what}`)).toEqual([
      'Nguyễn Thị Đào → Lê Thị Cúc: Tiếp nhận hồ sơ',
      'Huỳnh Minh Tư → Phạm Văn Hai: Phân công thụ lý',
      'Lê Thị Cúc → Trần Bình: Trả kết quả',
    ])
  })

  test('the name of a paper in an address is read back, and nothing else is', () => {
    expect(readDocumentName(documentName('supplement', 12))).toEqual({ kind: 'supplement', occurrence: 12 })
    for (const name of [
      'giay-tiep-nhan-0.pdf',
      'giay-tiep-nhan.pdf',
      'so-theo-doi-1.pdf',
      'giay-tiep-nhan-1',
      '../giay-tiep-nhan-1.pdf',
      'toString-1.pdf',
    ])
      expect(readDocumentName(name), name).toBeUndefined()
  })
})
