import { io, type Socket } from 'socket.io-client'
import { API, type Answer, type Body, type Params, type Person, type Query, type RouteName } from '../../shared/api'
import { isErrorCode, PlanError, type ErrorBody } from '../../shared/errors'
import type { Announced, Announcement, EnterMeeting, ServerEvents, ClientEvents } from '../../shared/events'
import type { Agency } from '../../shared/meeting'
import type { Role } from '../../shared/roles'
import type { TestApp } from './startTestApp'

export const PASSWORD = 'a password of fifteen'

type Asked<R extends RouteName> = { body?: Body<R>; query?: Query<R>; params?: Partial<Params<R>> }

/** Somebody with a browser of their own; cookies are kept as a browser would. */
export class Someone {
  readonly cookies = new Map<string, string>()
  /** What they are in the meeting they last opened or asked to come into. */
  participantId = ''
  meetingId = ''

  constructor(
    readonly app: TestApp,
    readonly name: string,
    readonly person: Person | null = null,
  ) {}

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** Any request, answered whatever the answer is. */
  async request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const sent: Record<string, string> = { cookie: this.cookie, ...headers }
    if (body !== undefined) sent['content-type'] ??= 'application/json'
    const response = await fetch(this.app.url + path, {
      method: method.toUpperCase(),
      headers: sent,
      redirect: 'manual',
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    return response
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (value === '') this.cookies.delete(name)
    else this.cookies.set(name, value)
  }

  /** A route of the API. @throws PlanError with the code that was answered */
  async call<R extends RouteName>(name: R, { body, query, params }: Asked<R> = {}): Promise<Answer<R>> {
    const { method, path, status } = API[name]
    const filled = path.replace(/:(\w+)/g, (_, key: string) => (params as Record<string, string>)[key] ?? key)
    const response = await this.request(method, query ? `${filled}?${new URLSearchParams(query)}` : filled, body)
    if (response.status === status) return (status === 204 ? undefined : await response.json()) as Answer<R>
    const { error } = (await response.json()) as ErrorBody
    throw isErrorCode(error.code) ? new PlanError(error.code) : new Error(error.code)
  }

  signIn(): Promise<Person> {
    return this.call('signIn', { body: { email: this.person!.email, password: PASSWORD } })
  }

  createFamily(name = 'Miles’s family') {
    return this.call('createFamily', { body: { name, language: 'en' } })
  }

  /** Opens a meeting and leads it from now on. */
  async createMeeting(words: Partial<Body<'createMeeting'>> = {}) {
    const familyId = words.familyId ?? (await this.createFamily()).id
    const meeting = await this.call('createMeeting', {
      body: {
        kind: 'cft',
        title: 'Where will the children sleep?',
        startsAt: '2027-03-02T18:00:00Z',
        familyId,
        ...words,
      },
    })
    this.meetingId = meeting.id
    this.participantId = (await this.read()).me.id
    return meeting
  }

  /** Asks to come in. */
  async join(code: string, words: Partial<Body<'join'>> = {}) {
    const door = await this.call('join', { body: { code, name: this.name, role: 'family', language: 'en', ...words } })
    Object.assign(this, { meetingId: door.meetingId, participantId: door.participantId })
    return door
  }

  read() {
    return this.call('readMeeting', { params: { meetingId: this.meetingId } })
  }

  async people() {
    return (await this.call('listPeople', { params: { meetingId: this.meetingId } })).people
  }

  /** As facilitator: lets somebody in. */
  admit(someone: Someone, role: Role = 'family', agency?: Body<'admit'>['agency']) {
    const params = { meetingId: this.meetingId, participantId: someone.participantId }
    return this.call('admit', { params, body: { role, ...(agency === undefined ? {} : { agency }) } })
  }

  remove(someone: Someone) {
    return this.call('remove', { params: { meetingId: this.meetingId, participantId: someone.participantId } })
  }

  setPhase(phase: 'open' | 'private' | 'ended') {
    return this.call('setPhase', { params: { meetingId: this.meetingId }, body: { phase } })
  }

  /** Opens a page that hears what happens in the meeting. @throws PlanError */
  async enter(as: EnterMeeting['as'] = 'participant', meetingId = this.meetingId): Promise<MeetingPage> {
    const page = new MeetingPage(this)
    await page.enter({ meetingId, as })
    return page
  }
}

/** An open page of a meeting, as far as Socket.IO is concerned. */
export class MeetingPage {
  readonly socket: Socket<ServerEvents, ClientEvents>
  /** Settles when the server closed it. */
  readonly closed: Promise<void>
  readonly heard: { event: Announcement; payload: unknown }[] = []
  #listeners = new Set<() => void>()

  constructor(someone: Someone, headers: Record<string, string> = {}) {
    this.socket = io(someone.app.url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: { cookie: someone.cookie, ...headers },
    })
    this.closed = new Promise((resolve) => this.socket.on('disconnect', () => resolve()))
    this.socket.onAny((event: Announcement, payload: unknown) => {
      this.heard.push({ event, payload })
      for (const listener of this.#listeners) listener()
    })
  }

  async enter(payload: EnterMeeting): Promise<void> {
    const refused = new Promise<never>((_, reject) => this.socket.once('connect_error', reject))
    const result = await Promise.race([this.socket.emitWithAck('meeting:enter', payload), refused])
    if ('error' in result) {
      this.close()
      throw new PlanError(result.error.code)
    }
  }

  /** The first announcement that fits, already heard or still to come. */
  until<A extends Announcement>(
    event: A,
    fits: (payload: Announced<A>) => boolean = () => true,
  ): Promise<Announced<A>> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.heard.find((one) => one.event === event && fits(one.payload as Announced<A>))
        if (!found) return
        this.#listeners.delete(look)
        resolve(found.payload as Announced<A>)
      }
      this.#listeners.add(look)
      look()
    })
  }

  close(): void {
    this.socket.close()
  }
}

const DUTY_EMAIL = (name: string) => `${name.toLowerCase().replace(/\W+/g, '.')}@example.org`

/** A signed-in agency person with an account of their own. */
export async function staff(app: TestApp, name: string, is: Partial<Omit<Person, 'id'>> = {}): Promise<Someone> {
  const account = { name, email: DUTY_EMAIL(name), duty: 'facilitator', agency: null, ...is } as const
  const person = await app.app.parts.people.add({ ...account, password: PASSWORD })
  const someone = new Someone(app, name, person)
  await someone.signIn()
  return someone
}

/** Somebody without an account. */
export function guest(app: TestApp, name: string): Someone {
  return new Someone(app, name)
}

/** Somebody without an account, in the facilitator's meeting. */
export async function admitted(facilitator: Someone, name: string, role: Role = 'family'): Promise<Someone> {
  const someone = guest(facilitator.app, name)
  const { joining } = await facilitator.read()
  await someone.join(joining!.code!, { role })
  await facilitator.admit(someone, role, role === 'agency' ? 'school' : undefined)
  return someone
}

/** Somebody with an account comes for their agency, and is let in. */
export async function comesForAgency(facilitator: Someone, someone: Someone, agency: Agency): Promise<void> {
  const { joining } = await facilitator.read()
  await someone.join(joining!.code!, { role: 'agency', agency })
  await facilitator.admit(someone, 'agency', agency)
}

/** The code something is refused with. @throws when it is not refused */
export async function refusal(asked: Promise<unknown>): Promise<string> {
  const answer = await asked.then(
    () => 'done',
    (error: unknown) => error,
  )
  if (answer instanceof PlanError) return answer.code
  throw answer instanceof Error ? answer : new Error('It was not refused.')
}
