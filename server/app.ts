import compression from 'compression'
import express, { Router, type Express } from 'express'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Connection } from 'mongoose'
import type { Logger } from 'pino'
import { createAccess, type Visitor } from './access/Access'
import { createFamilyKeys } from './access/familyKeys'
import type { RootKeys } from './access/rootKeys'
import { createSessions } from './access/sessions'
import { createSigningKey } from './access/signingKey'
import { createCalendars } from './before/calendars'
import { createClockRoutes } from './before/clockRoutes'
import { createClocks } from './before/clocks'
import { createTimeRoutes } from './before/timeRoutes'
import type { Clock } from './Clock'
import type { Config } from './config'
import type { Person } from '../shared/account'
import type { Announced } from '../shared/events'
import type { Participant } from '../shared/meeting'
import type { Part } from '../shared/part'
import { emptyPlan } from '../shared/plan'
import { SCREENING_QUESTIONS } from '../shared/screening'
import type { VersionSummary } from '../shared/version'
import { createDecisionRoutes } from './decision/decisionRoutes'
import { createGlossaryRoutes } from './glossary/glossaryRoutes'
import { createConfidence } from './confidence/confidence'
import { createConfidenceRoutes } from './confidence/confidenceRoutes'
import { createDecisions } from './decision/decisions'
import { createFamilies } from './families/families'
import { createFamilyRoutes } from './families/familyRoutes'
import { errorHandler, noSuchRoute } from './http/errorHandler'
import { noForeignReads, noStore, sameOriginWrites, securityHeaders } from './http/guard'
import { createHealth } from './http/health'
import { logRequests } from './http/logRequests'
import { createMetrics } from './http/metrics'
import { createApiDescription } from './http/openapi'
import { createPages } from './http/pages'
import { refuseUpgrades } from './http/refuseUpgrades'
import { watchRights } from './http/watchRights'
import { trackConnections } from './http/trackConnections'
import { createInviteMail } from './inviting/inviteMail'
import { createInviteRoutes } from './inviting/inviteRoutes'
import { createInvites } from './inviting/invites'
import { createGuesses } from './join/guesses'
import { createDesk } from './join/desk'
import { createJoinPages } from './join/joinPages'
import { PAGE_STYLE_HASH } from './join/pageStyle'
import { createExpunging } from './keeping/expunging'
import { createKeeping } from './keeping/keeping'
import { createKeepingRoutes } from './keeping/keepingRoutes'
import { createNoteRemoval } from './keeping/noteRemoval'
import { createRemoveFamily } from './keeping/removeFamily'
import { createLivePlans, type LivePlans } from './live/livePlans'
import { attachPlanSocket } from './live/planSocket'
import { createCodeMail } from './links/codeMail'
import { createLinkedBefore } from './links/linkedBefore'
import { createLinkedMeetings } from './links/linkedMeetings'
import { createLinkedPlans } from './links/linkedPlans'
import { createLinkPages } from './links/linkPages'
import { createLinkRoutes } from './links/linkRoutes'
import { createLinks } from './links/links'
import { createAdmission } from './meetings/admission'
import { createAdmitAcross } from './meetings/admitAcross'
import { createAnswersNews } from './meetings/answersNews'
import { createAskToComeIn } from './meetings/askToComeIn'
import { createAttending } from './meetings/attending'
import { createAttendingRoutes } from './meetings/attendingRoutes'
import { createCodeTries } from './meetings/codeTries'
import { createFamilyPeople } from './meetings/familyPeople'
import { createJoinRoutes } from './meetings/joinRoutes'
import { type By, createLeading } from './meetings/leading'
import { createLetStaffIn } from './meetings/letStaffIn'
import { createListMeetings } from './meetings/listMeetings'
import { createMembers } from './meetings/members'
import { createMeetingRoutes } from './meetings/meetingRoutes'
import { createMeetings, type Meetings } from './meetings/meetings'
import { createMeetingNews } from './meetings/meetingNews'
import { createMeetingSocket } from './meetings/meetingSocket'
import { createOpenMeeting } from './meetings/openMeeting'
import { createScreeningNews } from './meetings/screeningNews'
import { createSealedMeetings } from './meetings/sealedMeetings'
import { createSpeakersIn } from './meetings/speakersIn'
import { tellShutCodes } from './meetings/tellShutCodes'
import { createOwnName } from './meetings/ownName'
import { createParticipantRoutes } from './meetings/participantRoutes'
import { createParticipants, type Participants } from './meetings/participants'
import { createPlanRoutes } from './meetings/planRoutes'
import { createLeaveFamily } from './meetings/leaveFamily'
import { createTellPerson } from './meetings/tellPerson'
import { createWhoIsHere } from './meetings/whoIsHere'
import { createNeedRoutes } from './needs/needRoutes'
import { createNeeds } from './needs/needs'
import { createOnCallRoster } from './onCall/onCallRoster'
import { createOnCallRoutes } from './onCall/onCallRoutes'
import { createTeam } from './families/team'
import { createTeamRoutes } from './families/teamRoutes'
import { createPollNews } from './polls/pollNews'
import { createPollRoutes } from './polls/pollRoutes'
import { createPolls } from './polls/polls'
import { createAccountRoutes } from './people/accountRoutes'
import { createAccounts } from './people/accounts'
import { createAccountsRoutes } from './people/accountsRoutes'
import { createInvitations } from './people/invitations'
import { createPeople } from './people/people'
import { createSecondFactors } from './people/secondFactors'
import { createSendInvitation } from './people/sendInvitation'
import { createSessionRoutes } from './people/sessionRoutes'
import { createSigningIn } from './people/signingIn'
import { createSignInLimits } from './people/signInLimits'
import { createSignInService } from './people/signInService'
import { createSignInServiceRoutes } from './people/signInServiceRoutes'
import { createPairings } from './projector/pairings'
import { createProjectorRoutes } from './projector/projectorRoutes'
import { createPromiseRoutes } from './promises/promiseRoutes'
import { createOwnersOf } from './promises/ownersOf'
import { createPromises } from './promises/promises'
import { createExportRecord } from './record/exportRecord'
import { createNoteParts } from './record/noteParts'
import { createReadRecord } from './record/readRecord'
import { createRecord } from './record/record'
import { createRecordRoutes } from './record/recordRoutes'
import { createActiveParts } from './releases/activeParts'
import { createChildNames } from './releases/childNames'
import { createOpenings } from './releases/openings'
import { createReleaseRoutes } from './releases/releaseRoutes'
import { createReleasing } from './releases/releasing'
import { createScreening } from './screening/screening'
import { createScreeningRoutes } from './screening/screeningRoutes'
import { createSeatRoutes } from './seats/seatRoutes'
import { createSeats } from './seats/seats'
import { createSpeaking } from './speaking/speaking'
import { createSpeakRoutes } from './speaking/speakRoutes'
import { createKinds } from './stages/kinds'
import { createRunning } from './stages/running'
import { createStageRoutes } from './stages/stageRoutes'
import { createReadResume } from './resume/readResume'
import { createResumeRoutes } from './resume/resumeRoutes'
import { createScaleRoutes } from './scaling/scaleRoutes'
import { createScales } from './scaling/scales'
import { createSignatureRoutes } from './signatures/signatureRoutes'
import { createSignatures } from './signatures/signatures'
import { createSupporterRoutes } from './supporters/supporterRoutes'
import { createSupporters } from './supporters/supporters'
import { createAmending } from './versions/amending'
import { createCompareVersions } from './versions/compareVersions'
import { createExportVersions } from './versions/exportVersions'
import { createListFamilyVersions } from './versions/listFamilyVersions'
import { createRemoveWords } from './versions/removeWords'
import { createRestore } from './versions/restore'
import { createSealing } from './versions/sealing'
import { createSealingRoutes } from './versions/sealingRoutes'
import { createVersionRoutes } from './versions/versionRoutes'
import { createVersions } from './versions/versions'
import { createReadVoice } from './voice/voice'
import { createVoiceRoutes } from './voice/voiceRoutes'
import { createContacts } from './whoIsWho/contacts'
import { createReadWhoIsWho } from './whoIsWho/whoIsWho'
import { createWhoIsWhoRoutes } from './whoIsWho/whoIsWhoRoutes'

interface Given {
  config: Config
  keys: RootKeys
  /** Connected. */
  db: Connection
  log: Logger
  clock: Clock
}

/** Agency people and their ways in. */
function createStaff({ config, keys, db, clock }: Given) {
  const { production, signInService } = config
  const secondFactors = createSecondFactors({ db, clock, keys })
  return {
    secondFactors,
    people: createPeople({ db, clock, secondFactors, production }),
    invitations: createInvitations({ db, clock }),
    service: signInService && createSignInService(signInService, { db, clock }),
  }
}

/** What stands below meetings and plans: keys, the record, who people are. */
function createGround(given: Given) {
  const { config, keys, db, log, clock } = given
  const familyKeys = createFamilyKeys(db, keys.root)
  const record = createRecord({ db, familyKeys, clock, log })
  const families = createFamilies({ db, clock })
  const { lastActivity } = record
  const { retentionYears } = config
  return {
    familyKeys,
    signingKey: createSigningKey(db, keys.root),
    record,
    noteParts: createNoteParts(record),
    sessions: createSessions({ db, clock }),
    ...createStaff(given),
    families,
    kinds: createKinds(config.meetingKinds),
    glossary: config.glossary,
    keeping: createKeeping({ db, familyKeys, families, retentionYears, lastActivity }),
    codeTries: createCodeTries({ db, clock }),
    links: createLinks({ db, clock, sendCode: config.smtp && createCodeMail(config.smtp.url, config.smtp.from) }),
  }
}

/** What people answer for themselves: it stands beside the plan's words, so that nobody writes it for somebody else. */
function createAnswers(
  { db, clock }: Given,
  needs: { meetings: Meetings; participants: Participants; livePlans: LivePlans },
) {
  const { meetings, participants, livePlans } = needs
  const of = {
    peopleOf: async (meetingId: string) => (await participants.list(meetingId)).admitted,
    phaseOf: async (meetingId: string) => (await meetings.findRoom(meetingId))!.phase,
  }
  const decisions = createDecisions({
    db,
    clock,
    ...of,
    sentenceOf: async (meetingId) => (await livePlans.readPlan(meetingId)).decision.trim(),
  })
  const promises = createPromises({
    db,
    clock,
    ...of,
    actionsOf: async (meetingId) => (await livePlans.readPlan(meetingId)).actions,
    findOwner: participants.findOwner,
  })
  const scales = createScales({ db, clock, ...of })
  const leadOf = async (meetingId: string) => (await meetings.show(await meetings.read(meetingId))).leadName
  const confidence = createConfidence({ db, clock, ...of, leadOf })
  return {
    decisions,
    promises,
    scales,
    confidence,
    commitmentsOf: async (meetingId: string, sealing = false) => ({
      decision: await decisions.keep(meetingId, sealing),
      promises: await promises.keep(meetingId),
      scales: await scales.keep(meetingId),
      confidence: await confidence.keptIn(meetingId),
      relative: await decisions.relativeIn(meetingId),
    }),
  }
}

type ForVersions = Parameters<typeof createVersions>[0]
type Finals = Omit<Parameters<typeof createSealing>[0] & ForVersions, 'meetings' | 'signaturesSince'> & {
  participants: ReturnType<typeof createParticipants>
  sealedMeetings: ReturnType<typeof createSealedMeetings>
}

/** Copies of the plan, its seal, and the signatures under it. */
function createFinal(needs: Finals) {
  const { sealedMeetings, participants } = needs
  const versions = createVersions(needs)
  const signatures = createSignatures({ ...needs, ...sealedMeetings, ...versions, hiddenIn: participants.hiddenIn })
  const signaturesSince = signatures.since
  const sealing = createSealing({ ...needs, meetings: sealedMeetings, signaturesSince })
  return { versions, signatures, signaturesSince, sealing }
}

/** Everything that is known and remembered, made from what it needs. */
function createParts(given: Given, server: Server) {
  const { config, db, log, clock } = given
  const ground = createGround(given)
  const { familyKeys, sessions, people, families, codeTries, kinds } = ground
  const meetings = createMeetings({ db, clock, families, codeTries, kindNameOf: kinds.nameOf })
  const whoIsHere = createWhoIsHere()
  const participants = createParticipants({ db, whoIsHere })
  const access = createAccess({
    sessions,
    findStaff: people.find,
    findMeeting: meetings.findRoom,
    findMembership: participants.findMembership,
    findOpenings: createOpenings({ db, clock }),
  })
  const livePlans = createLivePlans({ db, familyKeys, log, clock })
  const socket = createMeetingSocket(server, { access, participants, whoIsHere, publicUrl: config.publicUrl, log })
  tellShutCodes({ codeTries, meetings, socket, log })
  const childNames = createChildNames({ db, familyKeys })
  const about = {
    childNames,
    peopleOf: async (meetingId: string) =>
      (await participants.list(meetingId)).admitted.map(({ hidden: _hidden, ...person }) => person),
    hiddenFrom: participants.hiddenFrom,
    memberNames: async (meetingId: string, viewer: Visitor) =>
      new Map([...(await childNames(viewer.familyId)), ...(await participants.memberNames(meetingId, viewer))]),
    familyOf: async (meetingId: string) => (await meetings.read(meetingId)).familyId.toHexString(),
    announce: (meetingId: string, version: VersionSummary) => socket.announce(meetingId, 'version:made', { version }),
  }
  const answers = createAnswers(given, { meetings, participants, livePlans })
  const sealedMeetings = createSealedMeetings({ db })
  const { commitmentsOf } = answers
  const final = createFinal({ ...given, ...ground, ...about, livePlans, commitmentsOf, participants, sealedMeetings })
  const { versions, sealing } = final
  const activeParts = createActiveParts({ db, clock })
  const openMeeting = createOpenMeeting({ db, clock, meetings, livePlans, versions, sealing, activeParts })
  const known = { meetings, participants, access, livePlans, socket, ...final }
  return {
    config,
    keys: given.keys,
    db,
    log,
    clock,
    ...ground,
    ...known,
    ...about,
    ...answers,
    activeParts,
    expunging: createExpunging({
      ...ground,
      db,
      clock,
      access,
      ...createRemoveFamily(db),
      noteRemoval: createNoteRemoval({ record: ground.record, findStaff: people.find }),
    }),
    openMeeting,
    removeWords: createRemoveWords({ db, familyKeys, clock }),
    amend: createAmending({ livePlans, sealing, versions, meetings: sealedMeetings }),
    meetingChanged: createMeetingNews({ access, meetings, socket }),
    answersChanged: createAnswersNews({ socket }),
    tellPerson: createTellPerson({ access, socket }),
  }
}

/** With the door: who asks to come in, and who is let in as whom. */
function withDoor(parts: ReturnType<typeof createParts>) {
  const { people, socket, families, familyOf } = parts
  const members = createMembers(parts)
  const askToComeIn = createAskToComeIn({ ...parts, findStaff: people.find, peopleChanged: socket.peopleChanged })
  const apartIn = async (meetingId: string) => families.apartIn(await familyOf(meetingId))
  const admission = createAdmission({ ...parts, members, apartIn })
  const leading = createLeading({ ...parts, admission })
  const contacts = createContacts(parts)
  /** What follows from somebody being something else in a meeting now, or out of it. */
  async function settleAfter(me: Participant, meetingId: string, by: By): Promise<void> {
    if (me.state === 'removed') await contacts.forget(me.id)
    await leading.settle(meetingId, by)
  }
  return { ...parts, members, askToComeIn, admission, leading, contacts, settleAfter }
}

/** With what is settled before a meeting. */
function withBefore(parts: ReturnType<typeof withDoor>) {
  const { config, meetings, members, participants, socket } = parts
  const calendarOf = createCalendars(parts)
  const doorOf = async (meetingId: string, origin: string) => {
    const meeting = await meetings.read(meetingId)
    const { url, code } = await meetings.joiningOf(meeting, origin)
    return { startsAt: meeting.startsAt, timeZone: meeting.timeZone, url, code }
  }
  const wereIn = async ({ meetingId, participantId }: Visitor) =>
    members.meetingsOf(await participants.findIn(meetingId, participantId!))
  const insideOf = async (meetingId: string) => (await participants.list(meetingId)).admitted
  return {
    ...parts,
    calendarOf,
    polls: createPolls({ ...parts, insideOf, namesIn: participants.namesIn }),
    pollNews: createPollNews(socket.announce),
    invites: createInvites({ ...parts, mail: createInviteMail(parts), doorOf, calendarOf }),
    invitesChanged: (meetingId: string) =>
      socket.announce(meetingId, 'before:changed', { of: 'invites' }, 'facilitators'),
    clocks: createClocks({ ...parts, rules: config.ruleClocks, meetings, wereIn }),
    beforeChanged: (meetingId: string, of: Announced<'before:changed'>['of']) =>
      socket.announce(meetingId, 'before:changed', { of }, 'people'),
  }
}

/** With what people allow each other to see. */
function withReleases(parts: ReturnType<typeof withBefore>) {
  const { meetings, people, livePlans } = parts
  const releasing = createReleasing({
    ...parts,
    findStaff: people.find,
    timeZoneOf: async (meetingId) => (await meetings.read(meetingId)).timeZone,
    birthPart: (where) => livePlans.birth({ ...where, plan: emptyPlan() }),
  })
  return { ...parts, ...releasing }
}

/** With what a family is asked about the agencies it may work with. */
function withScreening(parts: ReturnType<typeof withReleases>) {
  const { participants, meetings, socket } = parts
  const screening = createScreening({
    ...parts,
    questions: SCREENING_QUESTIONS,
    phaseOf: async (meetingId) => (await meetings.findRoom(meetingId))!.phase,
  })
  return { ...parts, screening, screeningChanged: createScreeningNews({ participants, socket }) }
}

/** With the course of meetings: stages and their clock. */
function withStages(parts: ReturnType<typeof withScreening>) {
  const { meetings, socket } = parts
  const running = createRunning({
    ...parts,
    kindOf: async (meetingId) => (await meetings.read(meetingId)).kind,
    announce: (meetingId, running) =>
      socket.announce(meetingId, 'running:changed', { running }, 'people-and-projector'),
  })
  const speaking = createSpeaking({
    ...parts,
    announce: (meetingId, speaking, to) => socket.announce(meetingId, 'speaking:changed', { speaking }, to),
    announceTurns: (meetingId, turns) => socket.announce(meetingId, 'turns:changed', turns, 'projector'),
  })
  const tellPerson: typeof parts.tellPerson = (meetingId, person) => {
    parts.tellPerson(meetingId, person)
    speaking.tellWall(meetingId).catch((error: Error) => parts.log.error({ error: error.name }, 'no turns on the wall'))
  }
  return { ...parts, running, speaking, tellPerson }
}

/** With who comes, and what they need to be able to: needs, supporters, and seats that stay empty. */
function withSeats(parts: ReturnType<typeof withStages>) {
  const { db, clock, meetings, participants, families, people, kinds, livePlans } = parts
  const onCall = createOnCallRoster({ db })
  /** Tells those who lead, and these people, that what is needed or wished for changed. */
  const tell = (meetingId: string, participantIds: readonly string[]) => {
    for (const to of ['facilitators', ...participantIds.map((participantId) => ({ participantId }))] as const)
      parts.socket.announce(meetingId, 'answers:changed', { of: 'needs' }, to)
  }
  const needs = createNeeds({
    db,
    clock,
    presentIn: async (meetingId) => Object.values(await participants.list(meetingId)).flat(),
    memberName: async (meetingId, memberId) =>
      (await parts.members.list(meetingId)).find((one) => one.memberId === memberId)?.name ?? null,
  })
  const seats = createSeats({
    db,
    clock,
    onCall,
    meetingOf: async (meetingId) => {
      const { startsAt, kind } = await meetings.read(meetingId)
      return { startsAt, seats: kinds.find(kind).seats ?? [] }
    },
    teamAgencies: async (familyId) =>
      (await people.findAll(await families.teamOf(familyId))).flatMap(({ agency }) => agency ?? []),
    peopleOf: async (meetingId) => (await participants.list(meetingId)).admitted,
    actionsOf: async (meetingId) => (await livePlans.readPlan(meetingId)).actions,
    findByEmail: people.findByEmail,
    letIn: createLetStaffIn(parts),
  })
  return { ...parts, needs, seats, onCall, supporters: createSupporters(parts), tell }
}

/** With who is who. */
function withTeam(parts: ReturnType<typeof withSeats>) {
  const { participants, people, leading, livePlans } = parts
  async function accountsOf(here: readonly Participant[]): Promise<Map<string, Person>> {
    const found = here.map(async ({ id }) => {
      const staffId = (await participants.findOwner(id))?.staffId
      const account = staffId ? await people.find(staffId) : null
      return account ? [[id, account] as const] : []
    })
    return new Map((await Promise.all(found)).flat())
  }
  const readWhoIsWho = createReadWhoIsWho({
    ...parts,
    accountsOf,
    leadsOf: leading.history,
    namesIn: participants.namesIn,
    peopleOf: async (meetingId) => (await participants.list(meetingId)).admitted,
    readPlan: (meetingId) => livePlans.readPlan(meetingId),
    ownersOf: createOwnersOf(participants),
  })
  return { ...parts, readWhoIsWho }
}

type Parts = ReturnType<typeof withTeam>

/** Accounts of agency people: ways in, their own and all of them. */
function createStaffRoutes(parts: Parts): Router[] {
  const { service, people } = parts
  const known = { ...parts, signingIn: createSigningIn(parts), limits: createSignInLimits() }
  const leaveFamily = createLeaveFamily({ ...parts, tell: parts.tellPerson })
  const { findByEmail, findAll } = people
  return [
    createSessionRoutes(known),
    createAccountRoutes(known),
    createAccountsRoutes({
      ...known,
      accounts: createAccounts(parts),
      sendInvitation: createSendInvitation(parts),
    }),
    createTeamRoutes({ ...parts, team: createTeam({ ...parts, findByEmail, findAll, leaveFamily }) }),
    ...(service ? [createSignInServiceRoutes({ ...known, service })] : []),
  ]
}

/** Who comes to a meeting, what they need for it, and who is who. */
function createSeatsRoutes(parts: Parts): Router[] {
  return [
    createNeedRoutes(parts),
    createSupporterRoutes(parts),
    createSeatRoutes(parts),
    createOnCallRoutes(parts),
    createWhoIsWhoRoutes({
      ...parts,
      contactsChanged: (visitor) => parts.answersChanged(visitor, 'contacts', true),
    }),
  ]
}

/** The plan's words, and how much of them the family said. */
function createWordsRoutes(parts: Parts): Router[] {
  const saidIn = (meetingId: string) => parts.livePlans.authors(meetingId)
  const readVoice = createReadVoice({ saidIn, speakersIn: createSpeakersIn(parts) })
  return [createPlanRoutes(parts), createVoiceRoutes({ ...parts, readVoice })]
}

/** What people are asked, each for themselves, and the family about what else it is in. */
const createAnswerRoutes = (parts: Parameters<typeof createScaleRoutes>[0] & Parts): Router[] => [
  createDecisionRoutes(parts),
  createPromiseRoutes(parts),
  createScaleRoutes(parts),
  createConfidenceRoutes(parts),
  createScreeningRoutes(parts),
]

/** When a meeting is, and by when it has to be. */
function createBeforeRoutes(parts: Parts): Router[] {
  const languageOf = async (meetingId: string, participantId: string) =>
    (await parts.participants.findIn(meetingId, participantId)).language
  return [
    createClockRoutes(parts),
    createTimeRoutes(parts),
    createPollRoutes(parts),
    createInviteRoutes({ ...parts, languageOf }),
  ]
}

/** What a link of one's own opens. */
function createOwnPages(parts: Parts): Router {
  const linked = { ...parts, meetingsOf: createLinkedMeetings(parts) }
  return createLinkPages({
    ...linked,
    linkedPlans: createLinkedPlans(linked),
    linkedBefore: createLinkedBefore(linked),
    desk: createDesk(parts),
  })
}

/** Everything that can be asked over HTTP. */
function createRoutes(parts: Parts): Router {
  const { db, participants, meetings, versions, livePlans, clock, families } = parts
  const guesses = createGuesses(parts.codeTries)
  const listMeetings = createListMeetings({ meetings, participants })
  const admitAcross = createAdmitAcross({ ...parts, meetingsOf: listMeetings.ofFamily })
  const showMeeting = async (meetingId: string) => meetings.show(await meetings.read(meetingId))
  const exportVersions = createExportVersions({ ...parts, nameOf: families.nameOf, removedAt: parts.keeping.removedAt })
  const peopleOfFamily = createFamilyPeople(parts)
  const familyPeople = async (familyId: string) =>
    new Map([...(await parts.childNames(familyId)), ...(await peopleOfFamily(familyId))])
  const api = [
    createApiDescription(),
    ...createStaffRoutes(parts),
    createFamilyRoutes({
      ...parts,
      meetingsOf: listMeetings.ofFamily,
      findLastSealed: parts.sealing.findLast,
      wasIn: parts.members.wasIn,
    }),
    createMeetingRoutes({ ...parts, listMeetings, checkpoint: versions.checkpoint }),
    ...createBeforeRoutes(parts),
    ...[createSpeakRoutes, createGlossaryRoutes].map((of) => of(parts)),
    createStageRoutes({ ...parts, checkpoint: versions.checkpoint }),
    createJoinRoutes({ ...parts, guesses }),
    createParticipantRoutes({ ...parts, callMe: createOwnName(parts) }),
    createAttendingRoutes({ ...parts, attending: createAttending(parts) }),
    ...createSeatsRoutes(parts),
    createLinkRoutes(parts),
    ...createWordsRoutes(parts),
    ...createAnswerRoutes({ ...parts, showMeeting, admitAcross }),
    createReleaseRoutes({
      ...parts,
      tell: (meetingId, participantId) => parts.socket.announce(meetingId, 'releases:changed', {}, { participantId }),
    }),
    createProjectorRoutes({ ...parts, pairings: createPairings({ db, clock }) }),
    createSignatureRoutes({
      ...parts,
      tell: (meetingId, news, hidden) => {
        if (!hidden) return parts.socket.announce(meetingId, 'signatures:changed', news, 'people-and-projector')
        for (const to of ['facilitators', { participantId: hidden }] as const)
          parts.socket.announce(meetingId, 'signatures:changed', news, to)
      },
    }),
    createSealingRoutes({ ...parts, meetingsOf: listMeetings.ofFamily, exportVersions }),
    createResumeRoutes({ ...parts, admitAcross, readResume: createReadResume(parts) }),
    createKeepingRoutes({ ...parts, exportVersions }),
    createRecordRoutes({
      ...parts,
      readRecord: createReadRecord({ ...parts, familyPeople }),
      exportRecord: createExportRecord(parts),
    }),
    createVersionRoutes({
      ...parts,
      compareVersions: createCompareVersions({ ...parts, showMeeting, namesIn: participants.namesIn }),
      listFamilyVersions: createListFamilyVersions({ ...parts, meetingsOf: listMeetings.ofFamily }),
      restore: createRestore(parts),
    }),
  ]
  const metrics = createMetrics({ openPlans: () => livePlans.openMeetings.length })
  const router = Router()
  router.use(metrics.countRequests)
  router.use('/api', watchRights(parts.access))
  for (const routes of api) router.use(routes)
  router.use('/api', noSuchRoute)
  router.use(createHealth({ db, metrics }))
  router.use(createOwnPages(parts))
  router.use(createJoinPages({ ...parts, guesses }))
  router.use(createPages())
  return router
}

function mount(app: Express, parts: Parts): void {
  const { config, log } = parts
  app.disable('x-powered-by')
  app.set('trust proxy', config.trustProxy)
  app.set('query parser', 'simple')
  app.use(logRequests(log))
  app.use(securityHeaders(config, [PAGE_STYLE_HASH]))
  app.use(compression())
  app.use(noStore)
  app.use(sameOriginWrites(config), noForeignReads)
  app.use(createRoutes(parts))
  app.use(noSuchRoute)
  app.use(errorHandler(log))
}

export type App = ReturnType<typeof createApp>

/** OurPlan whole: the one place that knows every part. */
export function createApp(given: Given) {
  const app = express()
  const server = createServer(app)
  const parts = withTeam(
    withSeats(withStages(withScreening(withReleases(withBefore(withDoor(createParts(given, server))))))),
  )
  const { config, access, livePlans, socket, versions, log, clock } = parts
  const noteOpening = (visitor: Visitor, part: Part) => parts.noteParts(visitor, [part], 'live')
  const planSocket = attachPlanSocket(server, {
    livePlans,
    access,
    clock,
    noteOpening,
    publicUrl: config.publicUrl,
    log,
  })
  const connections = trackConnections(server)
  refuseUpgrades(server, ['/live/', '/socket.io/'])
  mount(app, parts)

  return {
    server,
    /** For what is written before anybody comes in: demo families. */
    parts,

    /** @returns the port */
    async listen(): Promise<number> {
      await parts.sealing.finishCutOff()
      await parts.expunging.finishCutOff()
      await parts.members.knowAgain()
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(config.port, config.host, resolve)
      })
      parts.expiry.start()
      return (server.address() as AddressInfo).port
    },

    /** Takes nothing new, makes durable what is on its way, and tells every page to come back. */
    async stop(): Promise<void> {
      server.close()
      await versions.beforeStop()
      await livePlans.stop()
      planSocket.stop()
      socket.stop()
      await parts.expiry.stop()
      await connections.endAll()
      await parts.record.settled()
    },
  }
}
