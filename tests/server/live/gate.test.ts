import { describe, expect, test } from 'vitest'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { addItem, choose, emptyPlan, findText, ITEMS_MAX, readPlan, WORDS_MAX } from '../../../shared/plan'
import { birthWords } from '../../../server/live/birthWords'
import { gate } from '../../../server/live/gate'
import { SeededRandom } from '../../support/seededRandom'
import { addGoal, addPromise, writeSomething } from '../../support/writing'

const DANA = 1001
const QUILL = 2002
const GOAL = 'g'.repeat(16)
const PROMISE = 'p'.repeat(16)

/** The server's document with one goal and one promise by Quill, and a writer's own copy of it. */
function meeting(writer = DANA) {
  const server = new Y.Doc()
  Y.applyUpdate(server, birthWords(1, { ...emptyPlan(), question: 'Can Miles stay at home?' }))
  const quill = copyOf(server, QUILL)
  addItem(quill, 'goals', GOAL, { order: 'a0', removed: false }, { words: 'A safe home' })
  addItem(
    quill,
    'actions',
    PROMISE,
    { order: 'a0', removed: false, goal: GOAL, column: 'family', who: '', whoId: null, due: null },
    { words: 'Call' },
  )
  Y.applyUpdate(server, Y.encodeStateAsUpdate(quill))
  return { server, writer: copyOf(server, writer) }
}

function copyOf(doc: Y.Doc, clientId: number): Y.Doc {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  copy.clientID = clientId
  return copy
}

/** What the writer would send for this change. */
function sent(doc: Y.Doc, change: (doc: Y.Doc) => void): Uint8Array {
  const before = Y.encodeStateVector(doc)
  let update: Uint8Array | undefined
  const keep = (bytes: Uint8Array) => (update = bytes)
  doc.on('update', keep)
  doc.transact(() => change(doc))
  doc.off('update', keep)
  return update ?? Y.encodeStateAsUpdate(doc, before)
}

const owns = (clientId: number) => clientId === DANA
const refusal = (server: Y.Doc, update: Uint8Array) => {
  const verdict = gate(server, update, owns)
  return verdict.kind === 'refuse' ? verdict.code : verdict.kind
}
const item = (doc: Y.Doc, kind: string, id: string) => doc.getMap<Y.Map<unknown>>(kind).get(id)!

describe('the gate', () => {
  test.each(Array.from({ length: 12 }, (_, seed) => seed + 1))(
    '[PL9] whatever three people honestly write, apart and together, is never refused (seed %i)',
    (seed) => {
      const random = new SeededRandom(seed)
      const { server } = meeting()
      const people = [DANA, 3003, 4004].map((id) => ({ id, doc: copyOf(server, id), waiting: [] as Uint8Array[] }))
      for (const { doc, waiting } of people)
        doc.on('update', (update, origin) => origin !== 'server' && waiting.push(update))
      for (let step = 0; step < 400; step++) {
        const person = random.pick(people)
        for (let burst = random.below(4); burst >= 0; burst--) writeSomething(person.doc, random)
        if (random.below(3) === 0) continue
        const mine =
          random.below(4) === 0 ? [Y.encodeStateAsUpdate(person.doc, Y.encodeStateVector(server))] : person.waiting
        for (const update of mine) {
          const verdict = gate(server, update, (id) => id === person.id)
          expect(['accept', 'nothing']).toContain(verdict.kind)
          Y.applyUpdate(server, update)
        }
        person.waiting.length = 0
        const other = random.pick(people)
        Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(other.doc)), 'server')
      }
      expect(server.store.pendingStructs).toBeNull()
    },
  )

  test('[PL9] a page that repeats everything it knows adds nothing', () => {
    const { server, writer } = meeting()
    expect(gate(server, Y.encodeStateAsUpdate(writer), owns)).toEqual({ kind: 'nothing' })
  })

  test('[PL4] Quill cannot write with an id that was minted for Dana', () => {
    const { server, writer } = meeting()
    const update = sent(writer, (doc) => findText(doc, `goals/${GOAL}/words`)!.insert(0, 'My '))
    expect(gate(server, update, (id) => id === QUILL)).toEqual({ kind: 'refuse', code: 'plan/not-yours' })
    expect(gate(server, update, owns)).toEqual({ kind: 'accept', clients: new Set([DANA]) })
  })

  test('[PL4] garbage forged under somebody else’s id is refused, so their later words are not swallowed', () => {
    const { server } = meeting()
    const forged = encoding.encode((encoder) => {
      for (const value of [1, 1, QUILL, Y.getState(server.store, QUILL)]) encoding.writeVarUint(encoder, value)
      encoding.writeUint8(encoder, 0)
      encoding.writeVarUint(encoder, 50)
      encoding.writeVarUint(encoder, 0)
    })
    expect(refusal(server, forged)).toBe('plan/not-yours')
  })

  test.each<[string, (doc: Y.Doc) => void]>([
    ['an unknown root', (doc) => doc.getMap('secrets').set('a', 1)],
    ['a root used as another type', (doc) => doc.getArray('extra').push([1])],
    ['an item with an id of its own making', (doc) => doc.getMap('goals').set('__proto__', new Y.Map())],
    ['an item that is no map', (doc) => doc.getMap('goals').set('x'.repeat(16), 'words')],
    ['an unknown field', (doc) => item(doc, 'goals', GOAL).set('owner', 'me')],
    ['a field of the wrong type', (doc) => item(doc, 'actions', PROMISE).set('due', 'soon')],
    ['an object in a choice', (doc) => item(doc, 'actions', PROMISE).set('who', { $gt: '' })],
    ['a column nobody has', (doc) => item(doc, 'actions', PROMISE).set('column', 'police')],
    ['words as a plain value', (doc) => item(doc, 'goals', GOAL).set('words', 'mine now')],
    ['new words in place of the old', (doc) => item(doc, 'goals', GOAL).set('words', new Y.Text('mine now'))],
    ['a list inside an item', (doc) => item(doc, 'goals', GOAL).set('order', new Y.Array())],
    ['bold letters', (doc) => findText(doc, `goals/${GOAL}/words`)!.format(0, 3, { bold: true })],
    ['a picture in the words', (doc) => findText(doc, 'question')!.insertEmbed(0, { image: 'x' })],
    ['a map in the words', (doc) => findText(doc, 'question')!.insertEmbed(0, new Y.Map())],
    ['bytes', (doc) => item(doc, 'goals', GOAL).set('order', new Uint8Array([1]))],
    ['an attribute on the question', (doc) => doc.getText('question').setAttribute('by', 'me')],
  ])('[PL5] %s is refused', (_what, change) => {
    const { server, writer } = meeting()
    expect(refusal(server, sent(writer, change))).toBe('plan/shape')
  })

  test.each<[string, (doc: Y.Doc) => void]>([
    ['deleting somebody’s goal', (doc) => doc.getMap('goals').delete(GOAL)],
    ['replacing somebody’s goal', (doc) => doc.getMap('goals').set(GOAL, new Y.Map())],
    ['deleting the words of a goal', (doc) => item(doc, 'goals', GOAL).delete('words')],
    ['deleting a choice, which would hide the item', (doc) => item(doc, 'actions', PROMISE).delete('order')],
  ])('[PL6] %s is refused', (_what, change) => {
    const { server, writer } = meeting()
    expect(refusal(server, sent(writer, change))).toBe('plan/shape')
  })

  test('[PL6] Dana may delete words, change choices, and remove a goal so that undo brings it back', () => {
    const { server, writer } = meeting()
    for (const change of [
      (doc: Y.Doc) => findText(doc, `goals/${GOAL}/words`)!.delete(0, 2),
      (doc: Y.Doc) => choose(doc, 'actions', PROMISE, { due: '2027-03-05', column: 'housing' }),
      (doc: Y.Doc) => choose(doc, 'goals', GOAL, { removed: true }),
    ]) {
      const update = sent(writer, change)
      expect(gate(server, update, owns).kind).toBe('accept')
      Y.applyUpdate(server, update)
    }
    expect(readPlan(server).goals[0]).toMatchObject({ words: 'safe home', removed: true })
  })

  test('[PL7] words whose forerunners are missing are a gap, and none once these have come', () => {
    const { server, writer } = meeting()
    const first = sent(writer, (doc) => findText(doc, 'question')!.insert(0, 'A'))
    const second = sent(writer, (doc) => findText(doc, 'question')!.insert(1, 'B'))
    expect(gate(server, second, owns)).toEqual({ kind: 'gap' })
    Y.applyUpdate(server, first)
    expect(gate(server, second, owns).kind).toBe('accept')
  })

  test('[PL7] deleting what the server does not know is a gap', () => {
    const { server, writer } = meeting()
    const ahead = copyOf(writer, 5005)
    ahead.getText('question').insert(0, 'unknown')
    Y.applyUpdate(writer, Y.encodeStateAsUpdate(ahead))
    const update = sent(writer, (doc) => doc.getText('question').delete(0, 3))
    expect(gate(server, update, owns)).toEqual({ kind: 'gap' })
  })

  test('[PL8] V2 encoding, cut-off bytes, bytes left over and noise are refused', () => {
    const { server, writer } = meeting()
    const good = sent(writer, (doc) => findText(doc, 'question')!.insert(0, 'Hello'))
    expect(refusal(server, Y.convertUpdateFormatV1ToV2(good))).toBe('plan/shape')
    expect(refusal(server, Uint8Array.of(...good, 0))).toBe('plan/shape')
    for (let end = 1; end < good.length; end++) expect(refusal(server, good.slice(0, end))).not.toBe('accept')
    const random = new SeededRandom(7)
    for (let round = 0; round < 5_000; round++) {
      const noise = Uint8Array.from({ length: random.below(60) }, () => random.below(256))
      expect(['plan/shape', 'plan/not-yours', 'gap', 'nothing']).toContain(refusal(server, noise))
    }
  })

  test('[PL8] flipping bytes of honest words never breaks the document', () => {
    const random = new SeededRandom(11)
    for (let round = 0; round < 1_000; round++) {
      const { server, writer } = meeting()
      const update = sent(writer, (doc) => {
        const goal = addGoal(doc, random, 'words')
        addPromise(doc, random, goal, 'more')
        findText(doc, 'question')!.delete(0, 3)
      })
      for (let flips = random.below(3); flips >= 0; flips--) update[random.below(update.length)] = random.below(256)
      if (gate(server, update, owns).kind !== 'accept') continue
      Y.applyUpdate(server, update)
      expect(server.store.pendingStructs).toBeNull()
      expect(readPlan(server).goals.find(({ id }) => id === GOAL)?.words).toBe('A safe home')
    }
  })

  test('[PL8] a field and a plan have an end', () => {
    const { server, writer } = meeting()
    const long = sent(writer, (doc) => findText(doc, 'question')!.insert(0, 'x'.repeat(8 * WORDS_MAX)))
    expect(refusal(server, long)).toBe('plan/too-large')
    const random = new SeededRandom(3)
    const many = sent(copyOf(server, DANA), (doc) => {
      for (let n = 0; n < ITEMS_MAX; n++) addGoal(doc, random)
    })
    expect(refusal(server, many)).toBe('plan/too-large')
  })

  test('[PL8] words that tie two fields together are refused', () => {
    const { server, writer } = meeting()
    const words = findText(writer, `goals/${GOAL}/words`)!
    const other = findText(writer, `actions/${PROMISE}/words`)!
    const tied = new Y.Item(
      Y.createID(DANA, 0),
      null,
      (words._start as Y.Item).lastId,
      null,
      (other._start as Y.Item).id,
      null,
      null,
      new Y.ContentString('tie'),
    )
    const update = encoding.encode((encoder) => {
      for (const value of [1, 1, DANA, 0]) encoding.writeVarUint(encoder, value)
      const struct = new Y.UpdateEncoderV1()
      tied.write(struct, 0)
      encoding.writeUint8Array(encoder, encoding.toUint8Array(struct.restEncoder))
      encoding.writeVarUint(encoder, 0)
    })
    expect(refusal(server, update)).toBe('plan/shape')
  })

  /** lib0's own writer would never end with such numbers, so they are made by hand: 0x80 often enough overflows. */
  const INFINITE = [...Array<number>(147).fill(0x80), 1]
  const NOT_A_NUMBER = [...Array<number>(148).fill(0x80), 0]
  const HUGE = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x0f]
  const client = [...encoding.encode((encoder) => encoding.writeVarUint(encoder, DANA))]

  test.each<[string, number[]]>([
    ['infinite', INFINITE],
    ['no number at all', NOT_A_NUMBER],
    ['beyond counting', HUGE],
  ])('[PL8] numbers that are %s are refused wherever they stand', (_kind, number) => {
    const { server } = meeting()
    for (const bytes of [
      [1, 1, ...client, 0, 0, ...number, 0],
      [1, 1, ...client, ...number, 0, 1, 0],
      [1, 1, ...number, 0, 0, 1, 0],
      [0, 1, ...client, 1, ...number, 1],
      [0, 1, ...client, 1, 0, ...number],
      [0, 1, ...number, 1, 0, 1],
    ]) {
      expect(['plan/shape', 'plan/not-yours']).toContain(refusal(server, Uint8Array.from(bytes)))
    }
  })

  test('[PL8] letters whose neighbours stand in the wrong order are refused', () => {
    const { server, writer } = meeting()
    const text = findText(writer, `goals/${GOAL}/words`)!
    const { client: by, clock } = (text._start as Y.Item).id
    const swapped = new Y.Item(
      Y.createID(DANA, 0),
      null,
      Y.createID(by, clock + 4),
      null,
      Y.createID(by, clock + 1),
      null,
      null,
      new Y.ContentString('?'),
    )
    const update = encoding.encode((encoder) => {
      for (const value of [1, 1, DANA, 0]) encoding.writeVarUint(encoder, value)
      const struct = new Y.UpdateEncoderV1()
      swapped.write(struct, 0)
      encoding.writeUint8Array(encoder, encoding.toUint8Array(struct.restEncoder))
      encoding.writeVarUint(encoder, 0)
    })
    expect(refusal(server, update)).toBe('plan/shape')
  })

  test('[VE60] a choice that is set and taken back in one breath, by a page that keeps what it deleted, is refused', () => {
    const { server } = meeting()
    const keeper = new Y.Doc({ gc: false })
    Y.applyUpdate(keeper, Y.encodeStateAsUpdate(server))
    keeper.clientID = DANA
    const update = sent(keeper, (doc) => {
      item(doc, 'actions', PROMISE).set('order', 'a1')
      item(doc, 'actions', PROMISE).delete('order')
    })
    expect(refusal(server, update)).toBe('plan/shape')
  })

  test.each([true, false])(
    '[VE60] whatever is made up about one choice, what may enter leaves a value that counts, and nothing else is refused (neighbours on both sides: %s)',
    (both) => {
      const random = new SeededRandom(60)
      const verdicts = { accept: 0, refuse: 0 }
      for (let round = 0; round < 1_000; round++) {
        const { server } = meeting()
        const others = [7, 3003].map((id) => copyOf(server, id))
        for (let step = random.below(5); step > 0; step--) {
          const doc = random.pick(others)
          choose(doc, 'goals', GOAL, { order: `a${random.below(10)}` })
          if (random.below(2)) Y.applyUpdate(server, Y.encodeStateAsUpdate(doc))
          if (random.below(2)) Y.applyUpdate(doc, Y.encodeStateAsUpdate(server))
        }
        const update = madeUp(orderOfGoal(server), both, random)
        const verdict = gate(server, update, owns)
        const after = copyOf(server, QUILL)
        Y.applyUpdate(after, update)
        const counts = readPlan(after).goals.length === 1
        if (verdict.kind === 'accept') expect({ round, counts }).toEqual({ round, counts: true })
        else if (!both)
          expect({ round, counts, verdict: verdict.kind }).toEqual({ round, counts: false, verdict: 'refuse' })
        if (verdict.kind === 'accept' || verdict.kind === 'refuse') verdicts[verdict.kind] += 1
      }
      expect(Math.min(verdicts.accept, verdicts.refuse)).toBeGreaterThan(100)
    },
  )
})

type Place = { client: number; clock: number }

/** Every value that was ever chosen for the goal's place, as Yjs numbers them. */
function orderOfGoal(doc: Y.Doc): Place[] {
  const ids: Place[] = []
  for (let one = item(doc, 'goals', GOAL)._map.get('order') ?? null; one; one = one.left) {
    for (let unit = 0; unit < one.length; unit++) ids.push({ client: one.id.client, clock: one.id.clock + unit })
  }
  return ids
}

/** An update no page makes: values and gaps wherever chance puts them, and deletions of any of them. */
function madeUp(known: Place[], both: boolean, random: SeededRandom): Uint8Array {
  const count = 1 + random.below(4)
  const ids = [...known]
  return encoding.encode((encoder) => {
    const number = (value: number) => encoding.writeVarUint(encoder, value)
    const place = ({ client, clock }: Place) => [client, clock].forEach(number)
    ;[1, count, DANA, 0].forEach(number)
    for (let clock = 0; clock < count; clock++) {
      const [ANY, DELETED, ORIGIN, RIGHT] = [8, 1, 0x80, 0x40]
      const isValue = random.below(2) === 0
      const right = both && random.below(2) === 0
      encoding.writeUint8(encoder, (isValue ? ANY : DELETED) | ORIGIN | (right ? RIGHT : 0))
      place(random.pick(ids))
      if (right) place(random.pick(ids))
      number(1)
      if (isValue) encoding.writeAny(encoder, 'a1')
      ids.push({ client: DANA, clock })
    }
    const deleted = ids.filter(() => random.below(4) === 0)
    number(deleted.length)
    for (const { client, clock } of deleted) [client, 1, clock, 1].forEach(number)
  })
}
