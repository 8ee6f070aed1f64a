import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalEvent, type EventText, leafHash } from './leaf.ts'
import { MerkleTree } from './merkle.ts'
import { GENESIS, LeafList, sealHash } from './seal.ts'

const sha = (...parts: (string | Uint8Array)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The definition of RFC 6962 §2.1, word for word. */
function definition(leaves: readonly Buffer[]): Buffer {
  if (leaves.length === 0) return sha('')
  if (leaves.length === 1) return leaves[0] as Buffer
  let split = 1
  while (split * 2 < leaves.length) split *= 2
  return sha('\x01', definition(leaves.slice(0, split)), definition(leaves.slice(split)))
}

const treeOf = (leaves: readonly Buffer[]): MerkleTree => {
  const tree = new MerkleTree()
  for (const leaf of leaves) tree.add(leaf)
  return tree
}

const event: EventText = {
  position: '7',
  tx: '741',
  at: '2026-11-21T03:04:05.000000Z',
  type: 'dossier.received',
  subject: '0193a3a0-0000-7000-8000-000000000001',
  agency_code: 'H12.19',
  actor: '{"kind": "system", "name": "test"}',
  request_id: null,
  data: '{"fee": 15000}',
}

test('the tree that grows leaf by leaf has the root that RFC 6962 defines, for every size', () => {
  const leaves = Array.from({ length: 70 }, (_, index) => sha('\x00', String(index)))
  for (let size = 0; size <= leaves.length; size += 1) {
    expect(treeOf(leaves.slice(0, size)).root().toString('hex')).toBe(definition(leaves.slice(0, size)).toString('hex'))
  }
})

test('the known roots of the certificate transparency test vectors come out', () => {
  // Inputs and roots published with RFC 6962's reference code.
  const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f']
  const leaves = inputs.map((hex) => sha('\x00', Buffer.from(hex, 'hex')))
  expect(treeOf(leaves.slice(0, 1)).root().toString('hex')).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
  expect(treeOf(leaves).root().toString('hex')).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328')
})

test('changing, dropping, adding or swapping any leaf changes the root', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string(), { minLength: 2, maxLength: 40 }), fc.nat(), (texts, at) => {
      const leaves = texts.map((text) => sha('\x00', text))
      const index = at % leaves.length
      const root = treeOf(leaves).root().toString('hex')
      const changed = leaves.with(index, sha('\x00', `${texts[index]}!`))
      const dropped = leaves.toSpliced(index, 1)
      const added = leaves.toSpliced(index, 0, sha('\x00', 'one more'))
      const swapped = leaves.toReversed()
      for (const other of [changed, dropped, added, swapped]) expect(treeOf(other).root().toString('hex')).not.toBe(root)
    }),
  )
})

test('every field of an event is under its hash, and text cannot slide from one field into the next', () => {
  const hash = leafHash(event).toString('hex')
  for (const key of Object.keys(event) as (keyof EventText)[]) {
    expect(leafHash({ ...event, [key]: `${event[key] ?? ''}x` }).toString('hex'), key).not.toBe(hash)
  }
  expect(canonicalEvent({ ...event, type: 'a","b', subject: 'c' })).not.toBe(canonicalEvent({ ...event, type: 'a', subject: 'b","c' }))
  expect(leafHash({ ...event, request_id: null }).equals(leafHash({ ...event, request_id: '' }))).toBe(false)
})

test('a number that JavaScript would round is hashed digit for digit', () => {
  const one = { ...event, data: '{"n": 9007199254740993}' }
  const other = { ...event, data: '{"n": 9007199254740992}' }
  expect(JSON.parse(one.data)).toEqual(JSON.parse(other.data))
  expect(leafHash(one).equals(leafHash(other))).toBe(false)
})

test('every fact of a seal, and the seal before it, is under its hash', () => {
  const facts = {
    batch: 2,
    firstTx: '741',
    firstPosition: '7',
    lastTx: '742',
    lastPosition: '9',
    events: 3,
    root: sha('root'),
    sealedAt: '2026-11-21T03:04:05.000Z',
  }
  const hash = sealHash(GENESIS, facts).toString('hex')
  expect(sealHash(sha('another'), facts).toString('hex')).not.toBe(hash)
  const others = [
    { batch: 3 },
    { firstTx: '740' },
    { firstPosition: '6' },
    { lastTx: '743' },
    { lastPosition: '10' },
    { events: 4 },
    { root: sha('x') },
    { sealedAt: '2026-11-21T03:04:05.001Z' },
  ]
  for (const other of others) expect(sealHash(GENESIS, { ...facts, ...other }).toString('hex')).not.toBe(hash)
})

test('the list of leaves gives back positions in order and knows when it was cut', () => {
  const leaves = ['3', '5', '9223372036854775807'].map((position) => ({ position, hash: sha(position) }))
  const list = new LeafList(LeafList.write(leaves))
  expect(list.length).toBe(3)
  expect([0, 1, 2, 3].map((index) => list.position(index))).toEqual(['3', '5', '9223372036854775807', undefined])
  expect(list.matches(1, sha('5'))).toBe(true)
  expect(list.matches(1, sha('6'))).toBe(false)
  expect([list.has('5'), list.has('4')]).toEqual([true, false])
  expect(new LeafList(LeafList.write(leaves).subarray(0, 30)).length).toBeNaN()
})
