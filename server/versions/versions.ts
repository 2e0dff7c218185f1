import { type Connection, Types } from 'mongoose'
import type { Logger } from 'pino'
import { type Commitments, NO_COMMITMENTS } from '../../shared/commitments'
import { PlanError } from '../../shared/errors'
import { partKey } from '../../shared/part'
import { KINDS, Plan, TEXT_ROOTS } from '../../shared/plan'
import { noticeOf } from '../../shared/redisclosure'
import type { Version, VersionPart, VersionPerson, VersionReason, VersionSummary } from '../../shared/version'
import type { Visitor } from '../access/Access'
import type { FamilyKeys } from '../access/familyKeys'
import type { Clock } from '../Clock'
import { isDuplicateKey } from '../durable'
import type { LivePlans } from '../live/livePlans'
import { mayReadIn } from './mayReadIn'
import { type StoredVersion, toVersionSummary, type VersionContent, versionModel } from './versionModel'
import { versionSeals } from './versionSeals'

interface Needs {
  db: Connection
  familyKeys: FamilyKeys
  livePlans: LivePlans
  clock: Clock
  log: Logger
  /** The people admitted to a meeting now. */
  peopleOf(meetingId: string): Promise<VersionPerson[]>
  /** Of whom the viewer may not know that they were there, by participant id. */
  hiddenFrom(viewer: Visitor, meetingIds: readonly string[]): Promise<Set<string>>
  familyOf(meetingId: string): Promise<string>
  /** What people answered for themselves, as far as it is shown, or all of it at a seal. */
  commitmentsOf(meetingId: string): Promise<Commitments>
  /** What the people of the family are called in a meeting, by member id. */
  memberNames(meetingId: string, viewer: Visitor): Promise<Map<string, string>>
  announce(meetingId: string, version: VersionSummary): void
}

interface Made {
  reason: VersionReason
  label: string
  madeBy: string
  /** Number of the latest version known to whoever makes this one. */
  basedOn: number
}

export type Versions = ReturnType<typeof createVersions>

/** Copies that are made by themselves. */
type CopyReason = 'meeting-ended' | 'server-stopped' | 'before-restore' | 'restored' | 'stage-ended'

export interface CopyOf {
  /** Whose doing it is that the plan is copied by itself, where it is somebody's. */
  madeBy?: string
  label?: string
  /** Where it is not the plan as it stands now. */
  plan?: Plan
}

const CHECKPOINT_TRIES = 4
const newest = { number: -1 } as const

/** As versions keep it; older ones have less. */
type Newer = 'scales' | 'confidence' | 'relative'
type KeptCommitments = Omit<Commitments, Newer> & Partial<Pick<Commitments, Newer>>

/** Without what people said of whom the reader may not know that they were there. */
function withoutHidden(
  { decision, promises, scales, confidence, relative }: KeptCommitments,
  hidden: Set<string>,
): Commitments {
  const isSeen = ({ participantId }: { participantId: string | null }) => !participantId || !hidden.has(participantId)
  return {
    decision: decision && { ...decision, positions: decision.positions.filter(isSeen) },
    promises: promises.filter(isSeen),
    scales: (scales ?? []).map((round) => ({
      ...round,
      dots: round.dots.filter(isSeen),
      higher: round.higher.filter(isSeen),
    })),
    confidence: (confidence ?? []).filter(isSeen),
    relative: relative ?? null,
  }
}

const saysNothing = (plan: Plan) =>
  TEXT_ROOTS.every((root) => plan[root] === '') && KINDS.every((kind) => plan[kind].length === 0)

/** A part in which nothing stands says as much as one that is not there. */
function wordsOf({ plan, parts = [], commitments = NO_COMMITMENTS }: VersionContent): string {
  const said = parts.filter((part) => !saysNothing(part.plan))
  return JSON.stringify([plan, commitments, ...said.map((part) => [partKey(part), part.plan])])
}

async function saysTheSame(seals: ReturnType<typeof versionSeals>, latest: StoredVersion, now: VersionContent) {
  return wordsOf(await seals.open<VersionContent>(latest, 'content', latest.content)) === wordsOf(now)
}

/** Immutable copies of a meeting's plan. Only `removeWords` ever changes one. */
export function createVersions(needs: Needs) {
  const copy = copying(needs)
  return { ...reading(needs), ...making(needs, copy) }
}

/** Writes one version down. */
function copying(needs: Needs) {
  const { db, familyKeys, clock, announce } = needs
  const model = versionModel(db)
  const seals = versionSeals(familyKeys)

  return async function copy(
    { meetingId, familyId }: { meetingId: string; familyId: string },
    content: VersionContent & { generation: number },
    made: Made,
  ): Promise<VersionSummary> {
    const { generation, ...words } = content
    const { label, madeBy, reason, basedOn } = made
    const _id = new Types.ObjectId()
    const row: StoredVersion = {
      _id,
      meetingId,
      familyId,
      number: basedOn + 1,
      kind: 'checkpoint',
      reason,
      generation,
      madeAt: clock(),
      head: await seals.seal(familyId, _id, 'head', { label, madeBy }),
      content: await seals.seal(familyId, _id, 'content', words),
    }
    await model.create(row).catch((error: unknown) => {
      throw isDuplicateKey(error) ? new PlanError('version/outdated', { cause: error }) : error
    })
    const summary = toVersionSummary(row, { label, madeBy })
    announce(meetingId, summary)
    return summary
  }
}

function making(needs: Needs, copy: ReturnType<typeof copying>) {
  const { livePlans, log, familyOf } = needs
  const model = versionModel(needs.db)
  const seals = versionSeals(needs.familyKeys)

  async function contentNow(meetingId: string): Promise<VersionContent & { generation: number }> {
    const [{ plan, generation }, ...parts] = await livePlans.readAll(meetingId)
    const [people, commitments] = await Promise.all([needs.peopleOf(meetingId), needs.commitmentsOf(meetingId)])
    return { plan, parts, people, commitments, generation }
  }

  const findLatest = (meetingId: string) => model.findOne({ meetingId }).sort(newest).lean<StoredVersion>()
  const where = async (meetingId: string) => ({ meetingId, familyId: await familyOf(meetingId) })

  /** Copies the plan by itself, unless the latest version says the same already. */
  async function checkpoint(
    meetingId: string,
    reason: CopyReason,
    of: CopyOf = {},
    tries = CHECKPOINT_TRIES,
  ): Promise<void> {
    const [now, latest] = await Promise.all([contentNow(meetingId), findLatest(meetingId)])
    const content = { ...now, plan: of.plan ?? now.plan }
    if (latest && (await saysTheSame(seals, latest, content))) return
    const made = { reason, label: of.label ?? '', madeBy: of.madeBy ?? '', basedOn: latest?.number ?? 0 }
    await copy(await where(meetingId), content, made).catch((error: unknown) => {
      // Somebody kept a copy in the same moment: it may lack the last words, so it is compared again.
      if (!(error instanceof PlanError && error.code === 'version/outdated') || tries === 1) throw error
      return checkpoint(meetingId, reason, of, tries - 1)
    })
  }

  return {
    checkpoint,

    /**
     * Copies the plan because somebody did something with it.
     *
     * @throws version/outdated when there is a version the asker has not seen
     */
    async make(
      meetingId: string,
      asked: { label: string; madeBy: string; basedOn: number; reason?: VersionReason },
    ): Promise<VersionSummary> {
      const [content, latest] = await Promise.all([
        contentNow(meetingId),
        model.findOne({ meetingId }, { number: 1 }).sort(newest).lean(),
      ])
      if ((latest?.number ?? 0) !== asked.basedOn) throw new PlanError('version/outdated')
      return copy(await where(meetingId), content, { reason: 'asked', ...asked })
    },

    /** The first version of a meeting that starts from an earlier plan: what was brought along. */
    async makeFirst(
      meeting: { meetingId: string; familyId: string },
      brought: { madeBy: string; people: VersionPerson[] },
    ): Promise<void> {
      const [{ plan, generation }, ...parts] = await livePlans.readAll(meeting.meetingId)
      const content = { plan, parts, people: brought.people, generation }
      await copy(meeting, content, { reason: 'carried-over', label: '', madeBy: brought.madeBy, basedOn: 0 })
    },

    /** Before the server stops: a copy of every plan that was being written. */
    async beforeStop(): Promise<void> {
      const copies = livePlans.openMeetings.map((meetingId) => checkpoint(meetingId, 'server-stopped'))
      for (const copy of await Promise.allSettled(copies)) {
        if (copy.status === 'rejected')
          log.error({ error: (copy.reason as Error).name }, 'no checkpoint before stopping')
      }
    },
  }
}

function reading({ db, familyKeys, memberNames, hiddenFrom }: Needs) {
  const model = versionModel(db)
  const seals = versionSeals(familyKeys)

  return {
    /** Number of the latest version of a meeting; 0 for none. */
    async latestNumber(meetingId: string): Promise<number> {
      return (await model.findOne({ meetingId }, { number: 1 }).sort(newest).lean())?.number ?? 0
    },

    /** Latest first, without their words. */
    async list(meetingId: string): Promise<VersionSummary[]> {
      const rows = await model.find({ meetingId }, { content: 0 }).sort(newest).lean<Omit<StoredVersion, 'content'>[]>()
      return Promise.all(rows.map(seals.summarise))
    },

    /** Which meeting a version belongs to, for whoever must ask whether it may be read. */
    async meetingOf(versionId: string): Promise<string | null> {
      return (await model.findById(versionId, { meetingId: 1 }).lean())?.meetingId ?? null
    },

    /** What a sealed version's header hashes to; null for a copy, and for none. */
    async headerHashOf(versionId: string): Promise<string | null> {
      return (await model.findById(versionId, { seal: 1 }).lean())?.seal?.headerHash ?? null
    },

    /**
     * A version as somebody may read it: of the plan's other parts those that are open to them, and were then.
     *
     * @throws version/not-found
     */
    async read(versionId: string, reader: Visitor): Promise<Version> {
      const row = await model.findById(versionId).lean<StoredVersion>()
      if (!row) throw new PlanError('version/not-found')
      const content = await seals.open<VersionContent>(row, 'content', row.content)
      const { plan, people, removed, parts = [], commitments = NO_COMMITMENTS } = content
      const hidden = await hiddenFrom(reader, [row.meetingId])
      const seen = people.filter(({ id }) => !hidden.has(id))
      const open = parts.filter((part) => mayReadIn(reader, row.madeAt, part))
      const isNamed = open.some(({ subject }) => subject)
      const names = isNamed ? await memberNames(row.meetingId, reader) : new Map<string, string>()
      const shown = open.map(({ section, subject, plan, removed }): VersionPart => {
        const name = names.get(subject ?? '')
        const words = { plan: Plan.parse(plan), ...(removed && { removed }) }
        return { section, subject, ...(name && { name }), notice: noticeOf(section), ...words }
      })
      const summary = await seals.summarise(row)
      return {
        ...summary,
        plan: Plan.parse(plan),
        people: seen,
        commitments: withoutHidden(commitments, hidden),
        parts: shown,
        ...(removed && { removed }),
      }
    },
  }
}
