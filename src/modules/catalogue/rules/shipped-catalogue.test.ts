import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { inForce, knownFee, type ProcedureFile, procedureFileSchema, returnsResult } from './procedure.ts'
import { longestPath, processMistakes } from './process-graph.ts'

const folder = new URL('../../../../data/catalogue/', import.meta.url)
const read = (path: string) => JSON.parse(readFileSync(new URL(path, folder), 'utf8'))
const files = readdirSync(new URL('procedures/', folder))
const procedures: ProcedureFile[] = files.map((name) => procedureFileSchema.parse(read(`procedures/${name}`)))
const fields = new Set((read('fields.json') as { code: string }[]).map(({ code }) => code))
const lifeEvents = new Set((read('life-events.json') as { code: string }[]).map(({ code }) => code))
const forms = new Set(readdirSync(new URL('../forms/', folder)).map((name) => name.replace('.json', '')))

const on = (day: string) =>
  procedures.flatMap(({ code, versions }) => {
    const found = inForce(
      versions.map((version, index) => ({ ...version, version: index + 1 })),
      day,
    )
    return found ? [{ code, ...found }] : []
  })

test('at least forty procedures of at least eight fields, on every tier while there were three', () => {
  const in2022 = on('2022-06-01')
  expect(in2022.length).toBeGreaterThanOrEqual(40)
  expect(new Set(in2022.map(({ field }) => field)).size).toBeGreaterThanOrEqual(8)
  for (const tier of ['province', 'district', 'commune'] as const)
    expect(in2022.filter(({ tiers }) => tiers.includes(tier)).length).toBeGreaterThan(10)
})

test('from 1 July 2025 nothing is resolved by a district', () => {
  expect(on('2025-06-30').filter(({ tiers }) => tiers.includes('district')).length).toBeGreaterThan(10)
  for (const { code, tiers, resolver } of on('2025-07-01')) {
    expect(tiers, code).not.toContain('district')
    expect(resolver.kind === 'people_committee' && resolver.tier === 'district', code).toBe(false)
  }
})

test('every one of the twelve life events leads somewhere today', () => {
  expect(lifeEvents.size).toBe(12)
  for (const event of lifeEvents) expect(on('2026-11-21').filter((one) => one.lifeEvents.includes(event)).length, event).toBeGreaterThan(0)
})

describe.each(procedures)('$code', ({ code, versions }) => {
  test('names only known fields, life events and forms; versions follow each other', () => {
    for (const version of versions) {
      expect(fields).toContain(version.field)
      for (const event of version.lifeEvents) expect(lifeEvents).toContain(event)
      if (version.form) expect(forms).toContain(version.form)
    }
    const starts = versions.map(({ validFrom }) => validFrom)
    expect(starts).toEqual([...new Set(starts)].sort())
    expect(files).toContain(`${code}.json`)
  })

  test('the internal steps take exactly the time the law gives', () => {
    for (const { steps, process, timeLimit, abolished } of versions) {
      if (abolished) continue
      if (process) {
        expect(processMistakes(process, timeLimit.amount)).toEqual([])
        expect(longestPath(process)).toBeCloseTo(timeLimit.amount, 6)
        continue
      }
      expect(steps.reduce((sum, { allowance }) => sum + allowance, 0)).toBeCloseTo(timeLimit.amount, 6)
      for (const { allowance } of steps) expect(allowance).toBeGreaterThan(0)
      expect(steps[0]?.role).toBe('clerk')
    }
  })

  test('a person learns what they get, who may ask and what to bring', () => {
    for (const version of versions) {
      expect(version.description?.what.vi.length).toBeGreaterThan(10)
      expect(version.components.length).toBeGreaterThan(0)
      expect(version.results.length).toBeGreaterThan(0)
      expect(new Set(version.components.map(({ code }) => code)).size).toBe(version.components.length)
      expect(Number.isInteger(knownFee(version.fees))).toBe(true)
      expect(typeof returnsResult(version)).toBe('boolean')
      expect(version.sourceNote).toBeTruthy()
    }
  })
})

test('procedures started from another one are there, and wait only for results that come', () => {
  for (const { code, linked = [] } of on('2026-11-21')) {
    const codes = linked.map((link) => link.code)
    for (const link of linked) {
      expect(on('2026-11-21').map((one) => one.code)).toContain(link.code)
      if (link.after !== undefined) expect([code, ...codes.filter((one) => one !== link.code)]).toContain(link.after)
    }
  }
})

test('papers that a form asks to upload are papers that a procedure with that form lists', () => {
  for (const form of forms) {
    if (form === 'chung') continue
    const definition = read(`../forms/${form}.json`) as { pages: { fields: { type: string; component?: string }[] }[] }
    const listed = new Set(
      procedures.flatMap(({ versions }) =>
        versions.filter((version) => version.form === form).flatMap(({ components }) => components.map((component) => component.code)),
      ),
    )
    for (const field of definition.pages.flatMap(({ fields }) => fields))
      if (field.component) expect(listed, `${form}: ${field.component}`).toContain(field.component)
  }
})
