import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkDefinition } from './check-definition.ts'
import { readDefinition } from './definition.ts'
import { walk } from './walk.ts'

const folder = new URL('../../../../data/forms/', import.meta.url)
const forms = readdirSync(folder).filter((name) => name.endsWith('.json'))

test('the six forms people need most, and the general one, are shipped', () => {
  expect(forms).toEqual(
    expect.arrayContaining([
      'khai-sinh.json',
      'xac-nhan-tinh-trang-hon-nhan.json',
      'thanh-lap-ho-kinh-doanh.json',
      'giay-phep-xay-dung-nha-o.json',
      'chung-thuc-ban-sao.json',
      'dang-ky-bien-dong-dat-dai.json',
      'chung.json',
    ]),
  )
})

describe.each(forms)('%s', (name) => {
  const definition = readDefinition(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))

  test('asks nothing twice, never asks what cannot be answered, and knows where each first answer comes from', () => {
    expect(checkDefinition(definition)).toEqual([])
  })

  test('lets some person reach every page and question, and every way back is the way that came', () => {
    const walked = walk(definition)
    expect(walked.unvisited).toEqual([])
    expect(walked.broken).toEqual([])
  })

  test('speaks both languages with whole questions', () => {
    for (const page of definition.pages) for (const field of page.fields) expect(field.label.vi, field.id).toMatch(/^\p{Lu}/u)
  })
})
