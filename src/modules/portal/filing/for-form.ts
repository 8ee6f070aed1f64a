import type { Day } from '../../../kernel/clock.ts'
import type { Tx } from '../../../kernel/database/index.ts'
import { citizenRule, type FilingFor, findFilingFor, type PaperInput, type Proof, type Representation } from '../../dossier/index.ts'
import {
  type Answers,
  check,
  type FileAnswer,
  type FormDefinition,
  type KnownAnswers,
  type Page,
  readDefinition,
} from '../../form/index.ts'
import { forTexts as texts } from './for-texts.ts'

/** The questions about whoever the dossier is filed for, with the papers of proof that the rule of the day asks for. */
export function forForm(kind: FilingFor['kind'], proofs: readonly Proof[]): { definition: FormDefinition; page: Page } {
  const person = [
    { id: 'name', type: 'text', label: kind === 'child' ? texts.childName : texts.otherName, maxLength: 200 },
    { id: 'birthDate', type: 'date', label: texts.birthDate, when: 'past-or-today' },
    {
      id: 'personalNumber',
      type: 'personalNumber',
      label: texts.number,
      // A newborn has none yet.
      required: kind !== 'child',
      ...(kind === 'child' ? { hint: texts.numberChild } : {}),
    },
  ]
  const organisation = [
    { id: 'name', type: 'text', label: texts.organisationName, maxLength: 200 },
    {
      id: 'taxCode',
      type: 'text',
      label: texts.taxCode,
      maxLength: 14,
      pattern: '\\d{10}(-\\d{3})?|\\d{12}',
      patternMessage: texts.taxCodeWrong,
    },
  ]
  const definition = readDefinition({
    code: 'nop-cho-ai',
    version: 1,
    validFrom: '2020-01-01',
    title: texts.title,
    applicant: { name: 'name' },
    pages: [
      {
        id: 'cho-ai',
        title: texts.title,
        fields: [
          ...(kind === 'organisation' ? organisation : person),
          { id: 'role', type: 'text', label: texts.role[kind], hint: texts.roleHint[kind], maxLength: 100 },
          ...proofs.map(({ code, name, required }, n) => ({ id: `proof${n}`, type: 'file', label: name, required, component: code })),
        ],
      },
    ],
  })
  return { definition, page: definition.pages[0] as Page }
}

/** Everything about filing in somebody's name, for the day and the procedure. */
export interface ForWhom extends FilingFor {
  readonly definition: FormDefinition
  readonly page: Page
  readonly proofs: readonly Proof[]
  /** Everything that is needed is there. */
  readonly complete: boolean
  readonly name: string
}

export function forWhomOf(filing: FilingFor, procedureCode: string, today: Day): ForWhom {
  const proofs = citizenRule(today, procedureCode).proofs[filing.kind]
  const form = forForm(filing.kind, proofs)
  const checked = check(form.definition, filing.answers as Answers, { mode: 'submit', today })
  const { name } = filing.answers
  return { ...filing, ...form, proofs, complete: checked.errors.length === 0, name: typeof name === 'string' ? name : '' }
}

/** For whom the person files this draft; undefined: for themselves. */
export async function findForWhom(tx: Tx, personId: string, procedureCode: string, today: Day): Promise<ForWhom | undefined> {
  const filing = await findFilingFor(tx, personId, procedureCode)
  return filing && forWhomOf(filing, procedureCode, today)
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() ? value.trim() : undefined)

/** What the form asks about the applicant is known from here; how to reach them stays the filer's. A child lives with the filer. */
export function knownFor({ kind, answers }: FilingFor, own: KnownAnswers): KnownAnswers {
  const { 'person.phone': phone, 'person.email': email, 'person.address': address } = own
  const name = text(answers.name)
  const number = text(answers.personalNumber)
  const birthDate = text(answers.birthDate)
  return {
    ...(name ? { 'person.fullName': name } : {}),
    ...(number ? { 'person.personalNumber': number } : {}),
    ...(birthDate ? { 'person.birthDate': birthDate } : {}),
    ...(phone ? { 'person.phone': phone } : {}),
    ...(email ? { 'person.email': email } : {}),
    ...(kind === 'child' && address ? { 'person.address': address } : {}),
  }
}

/** As the dossier keeps it: whose it is, who filed it and why they may, and the papers that prove it. */
export function representationOf(
  { kind, answers, proofs }: ForWhom,
  filer: string,
): { applicant: { name: string; number: string | null }; representation: Representation; papers: PaperInput[] } {
  const papers = proofs.flatMap(({ code, name }, n) =>
    ((answers[`proof${n}`] ?? []) as readonly FileAnswer[]).map((file) => ({
      componentCode: code,
      name: name.vi,
      file: { sha256: file.sha256, size: file.size, type: file.type },
    })),
  )
  return {
    applicant: { name: text(answers.name) ?? '', number: text(answers.personalNumber) ?? text(answers.taxCode) ?? null },
    representation: {
      kind,
      by: filer,
      role: text(answers.role) ?? '',
      birthDate: text(answers.birthDate) ?? null,
      proofs: [...new Set(papers.map(({ name }) => name))],
    },
    papers,
  }
}
