export { XLSX_TYPE, type XlsxColumn, type XlsxOptions, xlsx } from './xlsx.ts'
