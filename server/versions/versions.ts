import { type Connection, Types } from 'mongoose'
import type { Logger } from 'pino'
import { PlanError } from '../../shared/errors'
import type { Version, VersionPerson, VersionReason, VersionSummary } from '../../shared/version'
import type { FamilyKeys } from '../access/familyKeys'
import type { Clock } from '../Clock'
import { isDuplicateKey } from '../durable'
import type { LivePlans } from '../live/livePlans'
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
  familyOf(meetingId: string): Promise<string>
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

type CopyReason = Exclude<VersionReason, 'asked'>

const CHECKPOINT_TRIES = 4
const newest = { number: -1 } as const

async function contentNow({ livePlans, peopleOf }: Needs, meetingId: string) {
  const { generation, ...plan } = await livePlans.readPlan(meetingId)
  return { plan, people: await peopleOf(meetingId), generation }
}

async function saysTheSame(seals: ReturnType<typeof versionSeals>, latest: StoredVersion, now: VersionContent) {
  const { plan } = await seals.open<VersionContent>(latest, 'content', latest.content)
  return JSON.stringify(plan) === JSON.stringify(now.plan)
}

/** Immutable copies of a meeting's plan. There is no code path that changes one. */
export function createVersions(needs: Needs) {
  const { db, familyKeys, livePlans, clock, log, familyOf, announce } = needs
  const model = versionModel(db)
  const seals = versionSeals(familyKeys)

  async function store(meetingId: string, content: VersionContent & { generation: number }, made: Made) {
    const { generation, ...words } = content
    const { label, madeBy, reason, basedOn } = made
    const [_id, familyId] = [new Types.ObjectId(), await familyOf(meetingId)]
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

  /** Copies the plan by itself, unless the latest version says the same already. */
  async function checkpoint(meetingId: string, reason: CopyReason, tries = CHECKPOINT_TRIES): Promise<void> {
    const [content, latest] = await Promise.all([
      contentNow(needs, meetingId),
      model.findOne({ meetingId }).sort(newest).lean<StoredVersion>(),
    ])
    if (latest && (await saysTheSame(seals, latest, content))) return
    const made = { reason, label: '', madeBy: '', basedOn: latest?.number ?? 0 }
    await store(meetingId, content, made).catch((error: unknown) => {
      // Somebody kept a copy in the same moment: it may lack the last words, so it is compared again.
      if (!(error instanceof PlanError && error.code === 'version/outdated') || tries === 1) throw error
      return checkpoint(meetingId, reason, tries - 1)
    })
  }

  return {
    checkpoint,

    /** @throws version/outdated when there is a version the asker has not seen */
    async make(meetingId: string, asked: { label: string; madeBy: string; basedOn: number }): Promise<VersionSummary> {
      const [content, latest] = await Promise.all([
        contentNow(needs, meetingId),
        model.findOne({ meetingId }, { number: 1 }).sort(newest).lean(),
      ])
      if ((latest?.number ?? 0) !== asked.basedOn) throw new PlanError('version/outdated')
      return store(meetingId, content, { ...asked, reason: 'asked' })
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

    /** @throws version/not-found */
    async read(versionId: string): Promise<Version> {
      const row = await model.findById(versionId).lean<StoredVersion>()
      if (!row) throw new PlanError('version/not-found')
      return { ...(await seals.summarise(row)), ...(await seals.open<VersionContent>(row, 'content', row.content)) }
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
