export { type IssueDocument, type IssuedDocument, issueDocument } from './commands/issue-document.ts'
export { formSets } from './files.ts'
export { pdfResponse, printForm, printSheet, type SheetTemplate, xlsxResponse } from './print.ts'
export { printingRoom } from './room.ts'
export type {
  ControlSlipFacts,
  ExtensionFacts,
  Facts,
  HandOver,
  Issuer,
  NumberedFacts,
  ReceiptFacts,
  RefusalFacts,
  RegisterFacts,
  RegisterRow,
  StopFacts,
  SupplementFacts,
} from './rules/facts.ts'
export {
  type Form,
  type FormKind,
  formOf,
  formSetAt,
  isNumbered,
  type NumberedKind,
  numberedKinds,
  type PaperFormat,
  papers,
  papersFor,
} from './rules/form-set.ts'
export { type HeadAgency, issuerOf } from './rules/issuer.ts'
export { headOf } from './rules/typeset.ts'
export { documentsOf, findDocument } from './store.ts'
export { paperTexts } from './texts.ts'
export { XLSX_TYPE, type XlsxColumn, type XlsxOptions, xlsx } from './xlsx.ts'
