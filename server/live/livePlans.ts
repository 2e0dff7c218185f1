import type { Connection } from 'mongoose'
import type { Logger } from 'pino'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import type * as Y from 'yjs'
import type { LiveDocument as LiveDocumentView } from '../../shared/api'
import { PlanError } from '../../shared/errors'
import { type Part, partKey, PLAN_PART } from '../../shared/part'
import { emptyPlan, type Plan, readPlan } from '../../shared/plan'
import { SECTIONS } from '../../shared/roles'
import type { Visitor } from '../access/Access'
import { may } from '../access/authorize'
import type { FamilyKeys } from '../access/familyKeys'
import type { Clock } from '../Clock'
import { type Authored, readAuthored } from './authorship'
import { LivePlan } from './LivePlan'
import { type HistoryEvent, PlanHistory } from './planHistory'
import { type LiveDocument, PlanStore } from './planStore'
import { birthWords } from './birthWords'

/** A page takes one id; more are for when Yjs gives its own up, and for a refusal. */
const CLIENT_IDS_A_PAGE = 4
/** How often one person may open the plan: every time mints ids that are kept for ever. Reloading by hand is far below. */
const OPENINGS = { points: 60, duration: 60 }
/** How long a plan nobody looks at stays in memory, ms. */
const IDLE_MS = 30_000
/** Longest orderly stop, ms: with the store gone nothing is acknowledged, so nothing acknowledged is lost. */
const STOP_MS = 6_000

interface Needs {
  db: Connection
  familyKeys: FamilyKeys
  log: Logger
  clock: Clock
}

interface Held {
  plan: Promise<LivePlan>
  /** As far as somebody asked for it. */
  history: PlanHistory
  /** Whose words it is made of, as somebody asked last; of record `seq`. */
  authored?: { seq: number; places: Authored[] }
  /** How many use it: connections, and reads on their way. */
  users: number
  idle?: NodeJS.Timeout
}

/** What a part of a meeting's plan says, and in which of its lives. */
export interface PartWords extends Part {
  generation: number
  plan: Plan
}

/** The words of all parts of a meeting's plan, the plan itself first. */
export type AllWords = [PartWords, ...PartWords[]]

/** Parts that are about nobody in particular, so they are there from the beginning. */
export const EVERY_MEETING_HAS = ['family', 'prep'] as const

/** The live plans in memory: each document once, loaded when somebody comes, let go when nobody is left. */
export class LivePlans {
  readonly #held = new Map<string, Held>()
  /** Documents being let go: whoever comes meanwhile waits for the last write. */
  readonly #leaving = new Map<string, Promise<void>>()
  readonly #openings = new RateLimiterMemory(OPENINGS)
  #stopping = false

  constructor(
    readonly store: PlanStore,
    private readonly log: Logger,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the live document of a part of a meeting's plan; does nothing when it exists.
   *
   * @param plan what it starts with
   */
  async birth(meeting: Part & { meetingId: string; familyId: string; plan: Plan }): Promise<void> {
    const { plan, ...where } = meeting
    const document = { _id: `${where.meetingId}:${partKey(where)}`, ...where, generation: 1 }
    const [clientId] = await this.store.mintClients(document, 'server', 1)
    await this.store.birth(document, { actor: 'server', at: this.clock(), bytes: birthWords(clientId!, plan) })
  }

  /**
   * What a page needs to open the documents this visitor may see: where, and Yjs client ids minted for them.
   *
   * @throws request/too-many for somebody who opens it again and again
   */
  async openLive(visitor: Visitor): Promise<LiveDocumentView[]> {
    await this.#openings.consume(visitor.participantId ?? visitor.sessionId).catch((error: unknown) => {
      throw new PlanError('request/too-many', { cause: error })
    })
    const documents = await this.#findOrBirthAll(visitor)
    const open = documents.filter((document) => may(visitor, 'plan:read', document))
    const ids = await this.#mintFor(visitor, open)
    return open.map((document) => wayTo(document, visitor, ids.get(document)))
  }

  /** Meetings from before there was such a thing lack what every meeting has; whoever opens them, it is made then. */
  async #findOrBirthAll({ meetingId, familyId }: Visitor): Promise<LiveDocument[]> {
    const documents = await this.#findAll(meetingId)
    const missing = EVERY_MEETING_HAS.filter((section) => documents.every((document) => document.section !== section))
    for (const section of missing) {
      await this.birth({ section, subject: null, meetingId, familyId, plan: emptyPlan() })
    }
    return missing.length > 0 ? this.#findAll(meetingId) : documents
  }

  /** In reading order: the plan itself first. */
  async #findAll(meetingId: string): Promise<LiveDocument[]> {
    const documents = (await this.store.findAll(meetingId)).sort(byReadingOrder)
    if (documents[0]?.section !== 'plan') throw new PlanError('plan/part-not-found')
    return documents
  }

  /** Client ids for a page of this visitor, in each of these documents they may write in. */
  async #mintFor(visitor: Visitor, documents: LiveDocument[]): Promise<Map<LiveDocument, number[]>> {
    const { participantId } = visitor
    const written = documents.filter((document) => participantId && may(visitor, 'plan:edit', document))
    const ids = await this.store.mintClientsOfEach(written, participantId ?? '', CLIENT_IDS_A_PAGE)
    return new Map(written.map((document, index) => [document, ids[index]!]))
  }

  /** @throws plan/part-not-found */
  async find(meetingId: string, part: Part = PLAN_PART): Promise<LiveDocument> {
    const document = await this.store.find(meetingId, part)
    if (!document) throw new PlanError('plan/part-not-found')
    return document
  }

  /** A part of the plan as plain words, everything in it durable. */
  async readPlan(meetingId: string, part: Part = PLAN_PART): Promise<Plan & { generation: number }> {
    const { plan, generation } = await this.#read(await this.find(meetingId, part))
    return { ...plan, generation }
  }

  /** Every part of a meeting's plan, the plan itself first. */
  async readAll(meetingId: string): Promise<AllWords> {
    const documents = await this.#findAll(meetingId)
    return Promise.all(documents.map((document) => this.#read(document))) as Promise<AllWords>
  }

  async #read(document: LiveDocument): Promise<PartWords> {
    return wordsOf(document, await this.#use(document, (live) => live.atRest(readPlan)))
  }

  /** Who wrote what, in time order, over all generations of a part of the plan; only what is durable. */
  async history(meetingId: string, part: Part = PLAN_PART): Promise<HistoryEvent[]> {
    const document = await this.find(meetingId, part)
    return this.#use(document, (plan, { history }) => history.read(plan.document, plan.lastSeq))
  }

  /** Whose words the plan is made of now, by participant id; read once for each change, by however many ask. */
  async authors(meetingId: string): Promise<(Omit<Authored, 'words'> & { words: Map<string, number> })[]> {
    const document = await this.find(meetingId)
    const places = await this.#use(document, (plan, held) =>
      plan.atRest((doc) => {
        if (held.authored?.seq !== plan.lastSeq) held.authored = { seq: plan.lastSeq, places: readAuthored(doc) }
        return held.authored.places
      }),
    )
    const owners = await this.store.ownersOf(document, new Set(places.flatMap(({ words }) => [...words.keys()])))
    return places.map((place) => ({ ...place, words: byOwner(place.words, owners) }))
  }

  /** Words that come without a page, as those of `actor`; done when they are durable. */
  async edit(
    meetingId: string,
    actor: string,
    change: (doc: Y.Doc) => void | Promise<void>,
    part: Part = PLAN_PART,
  ): Promise<void> {
    const document = await this.find(meetingId, part)
    const [clientId] = await this.store.mintClients(document, actor, 1)
    await this.#use(document, (plan) => plan.edit(actor, clientId!, change))
  }

  /**
   * Ends the present generation of all parts of a meeting's plan with what `keep` makes of their words, the plan's own
   * first: none takes a word any more before all are read.
   *
   * @throws what `keep` throws; then people write on in all of them
   */
  async seal<T>(meetingId: string, keep: (parts: AllWords) => Promise<T>): Promise<T> {
    return this.#sealAll(await this.#findAll(meetingId), [], (parts) => keep(parts as AllWords))
  }

  /** Each part is frozen while the ones behind it are, so that all of them are sealed, or none is. */
  async #sealAll<T>(
    [document, ...rest]: LiveDocument[],
    frozen: PartWords[],
    keep: (parts: PartWords[]) => Promise<T>,
  ): Promise<T> {
    if (!document) return keep(frozen)
    return this.#use(document, (live) =>
      live.seal((plan) => this.#sealAll(rest, [...frozen, wordsOf(document, plan)], keep)),
    )
  }

  /** Starts the generation after the one whose words these are, with them, ids kept; once more changes nothing. */
  async startGeneration(meetingId: string, { generation, plan, ...part }: PartWords): Promise<void> {
    const document = await this.find(meetingId, part)
    if (document.generation !== generation) return
    const next = { ...document, generation: generation + 1 }
    const [clientId] = await this.store.mintClients(next, 'server', 1)
    await this.store.advance(next, { actor: 'server', at: this.clock(), bytes: birthWords(clientId!, plan) })
  }

  /** Meetings whose plan is in memory. */
  get openMeetings(): string[] {
    return [...new Set([...this.#held.keys()].map((id) => id.split(':')[0]!))]
  }

  /**
   * The plan in memory, kept there until `release` is called, once.
   *
   * @throws plan/unavailable when it could not be loaded whole
   */
  async acquire(document: LiveDocument): Promise<{ plan: LivePlan; release(): void }> {
    const { held, release } = await this.#hold(document)
    return { plan: await held.plan, release }
  }

  async #hold(document: LiveDocument): Promise<{ held: Held; release(): void }> {
    if (this.#stopping) throw new PlanError('server/stopping')
    const key = keyOf(document)
    await this.#leaving.get(key)
    let held = this.#held.get(key)
    if (!held) {
      held = { plan: this.#load(document), history: new PlanHistory(this.store), users: 0 }
      this.#held.set(key, held)
    }
    const mine = held
    clearTimeout(mine.idle)
    mine.users += 1
    return { held: mine, release: () => this.#release(document, mine) }
  }

  #release(document: LiveDocument, held: Held): void {
    held.users -= 1
    if (held.users > 0 || this.#stopping) return
    held.idle = setTimeout(() => void this.#letGo(document, held), IDLE_MS)
    held.idle.unref()
  }

  /** Commits and acknowledges what was received, then closes every connection with "try again". */
  async stop(): Promise<void> {
    this.#stopping = true
    const closing = [...this.#held.values()].map(async (held) => {
      clearTimeout(held.idle)
      const plan = await held.plan
      await plan.close()
      for (const connection of plan.connections) connection.close('server/stopping')
    })
    const late = new Promise<void>((resolve) => setTimeout(resolve, STOP_MS).unref())
    await Promise.race([Promise.allSettled(closing), late])
  }

  async #use<T>(document: LiveDocument, work: (plan: LivePlan, held: Held) => Promise<T>): Promise<T> {
    const { held, release } = await this.#hold(document)
    try {
      return await work(await held.plan, held)
    } finally {
      release()
    }
  }

  async #load(document: LiveDocument): Promise<LivePlan> {
    try {
      const { store, log, clock } = this
      const onBroken = () => {
        // Whoever comes next loads it anew.
        this.#held.delete(keyOf(document))
      }
      return await LivePlan.load(document, { store, log, clock, onBroken })
    } catch (error) {
      this.#held.delete(keyOf(document))
      this.log.error({ document: document._id, error: (error as Error).name }, 'plan could not be loaded')
      throw new PlanError('plan/unavailable', { cause: error })
    }
  }

  async #letGo(document: LiveDocument, held: Held): Promise<void> {
    const key = keyOf(document)
    if (held.users > 0 || this.#held.get(key) !== held) return
    this.#held.delete(key)
    const leaving = held.plan.then((plan) => plan.close())
    this.#leaving.set(key, leaving)
    await leaving.finally(() => this.#leaving.delete(key))
  }
}

const byReadingOrder = (a: Part, b: Part) =>
  SECTIONS.indexOf(a.section) - SECTIONS.indexOf(b.section) || (partKey(a) < partKey(b) ? -1 : 1)

const wordsOf = ({ section, subject, generation }: LiveDocument, plan: Plan): PartWords => ({
  section,
  subject,
  generation,
  plan,
})

function byOwner(words: ReadonlyMap<number, number>, owners: ReadonlyMap<number, string>): Map<string, number> {
  const owned = new Map<string, number>()
  for (const [clientId, count] of words) {
    const owner = owners.get(clientId)
    if (owner) owned.set(owner, (owned.get(owner) ?? 0) + count)
  }
  return owned
}

/** A generation that ended may still be in memory while people are at the next one. */
const keyOf = ({ _id, generation }: LiveDocument) => `${_id}:${generation}`

/** @param clientIds none for who may only read */
function wayTo(document: LiveDocument, visitor: Visitor, clientIds: number[] = []): LiveDocumentView {
  const { section, subject, generation } = document
  const base = visitor.participantId ? '/live' : '/live/projector'
  const path = `${base}/${document.meetingId}/${partKey(document)}/${generation}`
  return { section, subject, path, canEdit: may(visitor, 'plan:edit', document), generation, clientIds }
}

export function createLivePlans({ db, familyKeys, log, clock }: Needs): LivePlans {
  return new LivePlans(new PlanStore(db, familyKeys), log, clock)
}
