import * as decoding from 'lib0/decoding'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Logger } from 'pino'
import { type RawData, type WebSocket, WebSocketServer } from 'ws'
import { PlanError, type ErrorCode } from '../../shared/errors'
import { Id } from '../../shared/meeting'
import { type Part, partKey, readPartKey } from '../../shared/part'
import { encodeHello, FRAME, FRAME_MAX, SYNC } from '../../shared/planFrames'
import { type Access, type AccessChange, ASK_AGAIN_MS, concerns, type Visitor } from '../access/Access'
import { authorize, may } from '../access/authorize'
import type { Clock } from '../Clock'
import { isOwnOrigin } from '../access/isOwnOrigin'
import { createBudget } from './budget'
import type { LivePlan } from './LivePlan'
import type { LivePlans } from './livePlans'
import { PlanConnection } from './PlanConnection'
import type { LiveDocument } from './planStore'

/** The stock provider reconnects after 30 s of silence; some frame comes at least this often, ms. */
const HEARTBEAT_MS = 15_000
/** What one person may send a second, and at once: far above hands on a keyboard, far below a flood. */
const FRAMES = { perSecond: 120, most: 1_200 }
const BYTES = { perSecond: 300_000, most: 6_000_000 }
/** A sync step 1 is answered with up to the whole document, so it costs like this many bytes. */
const STEP1_COST = 50_000
/** Connections one person may have open on one document: tabs and phones, not a swarm. */
const CONNECTIONS_MAX = 12

interface Needs {
  livePlans: LivePlans
  access: Access
  clock: Clock
  /** Writes down that somebody looks at a part, before they see it. @throws when that cannot be done */
  noteOpening(visitor: Visitor, part: Part): Promise<void>
  publicUrl: string | null
  log: Logger
}

interface Where {
  as: 'participant' | 'projector'
  meetingId: string
  part: Part
  generation: number
}

/** An open page, what it looks at and how it is asked again. */
interface Line {
  socket: WebSocket
  request: IncomingMessage
  where: Where
  document: LiveDocument
  plan: LivePlan
  release(): void
  connection: PlanConnection
  answeredPing: boolean
  /** Counts the questions about its rights; only the latest answer lets it go on. */
  asked: number
  budget?: Budget
}

type Budget = Record<'frames' | 'bytes', (cost: number) => boolean>

function readPath(path: string | undefined): Where | undefined {
  const match = /^\/live\/(projector\/)?([^/]+)\/([^/]+)\/(\d{1,6})$/.exec(path ?? '')
  const meetingId = Id.safeParse(match?.[2])
  const part = readPartKey(match?.[3] ?? '')
  if (!match || !meetingId.success || !part) return undefined
  const as = match[1] ? 'projector' : 'participant'
  return { as, meetingId: meetingId.data, part, generation: Number(match[4]) }
}

const codeOf = (error: unknown): ErrorCode => (error instanceof PlanError ? error.code : 'server/trouble')

/**
 * The live wire: `/live/<meetingId>/<part>/<generation>` (and `/live/projector/…`), the y-websocket protocol with
 * frames of our own. The handshake is always finished: the stock provider sees a refused upgrade only as 1006 and
 * would try for ever, so whoever may not come in is told by the close code.
 *
 * @returns `stop`, which takes no new pages and ends the heartbeat
 */
export function attachPlanSocket(server: Server, needs: Needs): { stop(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: FRAME_MAX, perMessageDeflate: false })
  const lines = new Set<Line>()

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (!request.url?.startsWith('/live/')) return
    sockets.handleUpgrade(request, stream, head, (socket) => {
      // Without a listener an error of one socket would end the process.
      socket.on('error', (error) => needs.log.info({ error: error.name }, 'live socket failed'))
      socket.pause()
      void open(needs, socket, request, lines)
    })
  }
  const onChange = (change: AccessChange) => {
    for (const line of lines) if (concerns(change, line.connection.visitor)) void askAgain(needs, line)
  }
  const heartbeat = setInterval(() => lines.forEach(beat), HEARTBEAT_MS)
  let sweeping: Promise<void> | undefined
  const sweep = setInterval(() => {
    sweeping ??= askAllAgain(needs, lines).finally(() => (sweeping = undefined))
  }, ASK_AGAIN_MS)

  server.on('upgrade', onUpgrade)
  needs.access.changes.on('changed', onChange)
  return {
    stop() {
      server.off('upgrade', onUpgrade)
      needs.access.changes.off('changed', onChange)
      clearInterval(heartbeat)
      clearInterval(sweep)
    },
  }
}

async function open(needs: Needs, socket: WebSocket, request: IncomingMessage, lines: Set<Line>): Promise<void> {
  try {
    if (!isOwnOrigin(request.headers, needs.publicUrl)) throw new PlanError('request/foreign')
    const where = readPath(request.url)
    if (!where) throw new PlanError('request/invalid')
    const visitor = await needs.access.visit(request.headers.cookie, where.meetingId, where.as)
    authorize(visitor, 'plan:read', where.part)
    const document = await needs.livePlans.find(where.meetingId, where.part)
    if (document.generation !== where.generation) throw new PlanError('plan/old-generation')
    const same = [...lines].filter(({ connection }) => samePerson(connection.visitor, visitor))
    if (same.length >= CONNECTIONS_MAX) throw new PlanError('request/too-many')
    const clientIds = await needs.livePlans.store.clientsOf(document, visitor.participantId ?? '')
    const canEdit = may(visitor, 'plan:edit', where.part)
    const isOpenTo = () => !isOver(needs, visitor, where.part)
    const connection = new PlanConnection(socket, visitor, canEdit, clientIds, isOpenTo)
    await needs.noteOpening(visitor, where.part)
    const { plan, release } = await needs.livePlans.acquire(document)
    begin({ socket, request, where, document, plan, release, connection, answeredPing: true, asked: 0 }, needs, lines)
  } catch (error) {
    const code = codeOf(error)
    if (code === 'server/trouble') needs.log.error({ error: (error as Error).name }, 'live socket not opened')
    socket.resume()
    new PlanConnection(socket, {} as Visitor, false, new Set()).close(code)
  }
}

const samePerson = (a: Visitor, b: Visitor) =>
  a.meetingId === b.meetingId && a.participantId === b.participantId && a.sessionId === b.sessionId

function begin(line: Line, needs: Needs, lines: Set<Line>): void {
  const { socket, plan, connection, document } = line
  const end = () => {
    if (!lines.delete(line)) return
    plan.leave(connection)
    line.release()
  }
  lines.add(line)
  socket.on('close', end)
  socket.on('pong', () => {
    line.answeredPing = true
  })
  // The person may have gone, or lost their right, while the plan was loaded.
  if (!connection.open) return end()
  const { visitor, canEdit } = connection
  connection.send(
    encodeHello({
      participantId: visitor.participantId,
      name: visitor.name,
      standing: visitor.standing,
      section: document.section,
      subject: document.subject,
      generation: document.generation,
      canEdit,
    }),
  )
  // Asked first: who else is writing is told once it is known that they may still hear it.
  void askAgain(needs, line)
  plan.join(connection)
  const budget = budgetOf(line, lines)
  socket.on('message', (data) => hear(needs, line, data, budget))
  socket.resume()
}

/** What somebody may still send, over all their pages on this server. */
function budgetOf(line: Line, lines: Set<Line>): Budget {
  const { visitor } = line.connection
  for (const other of lines)
    if (other.budget && samePerson(other.connection.visitor, visitor)) line.budget = other.budget
  line.budget ??= {
    frames: createBudget(FRAMES.perSecond, FRAMES.most, Date.now),
    bytes: createBudget(BYTES.perSecond, BYTES.most, Date.now),
  }
  return line.budget
}

/** Is the release over that opens this part? After its minute nothing is taken and nothing told, however soon after. */
function isOver({ clock }: Needs, { openings }: Visitor, part: Part): boolean {
  const until = openings.find((opening) => partKey(opening) === partKey(part))?.until
  return until instanceof Date && until <= clock()
}

function hear(needs: Needs, line: Line, data: RawData, budget: Budget): void {
  const { connection, plan } = line
  const bytes = new Uint8Array(data as Buffer)
  if (connection.revoked) return
  if (!connection.suspended && isOver(needs, connection.visitor, line.where.part)) void askAgain(needs, line)
  if (!budget.frames(1) || !budget.bytes(bytes.length)) return connection.close('request/too-many')
  try {
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    if (type === FRAME.sync) hearSync(connection, plan, decoder, budget)
    else if (type === FRAME.awareness) plan.presence.hear(connection, decoding.readVarUint8Array(decoder))
    else if (type === FRAME.queryAwareness) plan.presence.tellAll(connection)
    else connection.refuse('request/invalid')
  } catch {
    connection.refuse('request/invalid')
  }
}

function hearSync(connection: PlanConnection, plan: LivePlan, decoder: decoding.Decoder, budget: Budget): void {
  const step = decoding.readVarUint(decoder)
  const bytes = decoding.readVarUint8Array(decoder)
  if (step === SYNC.step1) {
    if (!budget.bytes(STEP1_COST)) return connection.close('request/too-many')
    plan.follow(connection, bytes)
  } else if (step === SYNC.step2 || step === SYNC.update) {
    plan.submit({
      actor: connection.visitor.participantId ?? connection.visitor.standing,
      bytes,
      owns: (clientId) => connection.owns(clientId),
      connection,
      answersStep1: step === SYNC.step2,
    })
  } else connection.refuse('request/invalid')
}

/** Rights and presence are fixed for a connection: whoever is somebody else now comes back as that. */
function isSameStanding(now: Visitor, before: Visitor): boolean {
  return (['standing', 'phase', 'agency', 'name', 'hidden'] as const).every((fact) => now[fact] === before[fact])
}

/** A session that ends by the clock is no change that anybody tells of. One after the other, so that nobody waits for it. */
async function askAllAgain(needs: Needs, lines: ReadonlySet<Line>): Promise<void> {
  for (const line of [...lines]) if (lines.has(line)) await ask(needs, line)
}

/**
 * Rights may have changed: what they sent, and what they would be told of others, waits until we know, and is dropped when
 * they may not any more.
 */
function askAgain(needs: Needs, line: Line): Promise<void> {
  line.connection.suspend()
  return ask(needs, line)
}

async function ask(needs: Needs, line: Line): Promise<void> {
  const { access, log } = needs
  const { connection, request, where, plan } = line
  line.asked += 1
  const turn = line.asked
  try {
    const visitor = await access.visit(request.headers.cookie, where.meetingId, where.as)
    authorize(visitor, 'plan:read', where.part)
    const { visitor: before } = connection
    if (!isSameStanding(visitor, before) || isOver(needs, before, where.part)) throw new PlanError('access/changed')
  } catch (error) {
    const code = codeOf(error)
    if (code === 'server/trouble') log.error({ error: (error as Error).name }, 'rights could not be asked')
    connection.revoked = true
    connection.close(code)
  }
  // An older answer may say yes to what a newer question is about to hear no.
  if (turn === line.asked) plan.resume(connection)
}

function beat(line: Line): void {
  if (!line.answeredPing) return line.socket.terminate()
  line.answeredPing = false
  line.socket.ping()
  line.connection.saved(0)
}
