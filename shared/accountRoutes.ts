import * as z from 'zod/mini'
import {
  Account,
  Code,
  Colleague,
  Email,
  Invitation,
  LinkToken,
  OwnAccount,
  Password,
  Person,
  SignedIn,
} from './account'
import { Agency, Duty, line } from './meeting'

const accountWords = z.object({ name: line(80), email: Email, duty: Duty, agency: z.nullable(Agency) })
const team = z.object({ team: z.array(Colleague) })

/** The routes of accounts, as in `API`. */
export const ACCOUNT_ROUTES = {
  readAccount: {
    method: 'get',
    path: '/api/account',
    does: 'The asker’s own account.',
    answer: OwnAccount,
    status: 200,
  },
  changePassword: {
    method: 'put',
    path: '/api/account/password',
    does: 'Changes the asker’s password and ends their other sessions.',
    body: z.object({ password: Password, newPassword: Password }),
    status: 204,
  },
  startSecondFactor: {
    method: 'post',
    path: '/api/account/second-factor',
    does: 'Makes a secret for an app that counts codes; it is asked for once a code of it was confirmed.',
    body: z.object({ password: Password }),
    answer: z.object({ secret: z.string(), uri: z.string() }),
    status: 201,
  },
  confirmSecondFactor: {
    method: 'put',
    path: '/api/account/second-factor',
    does: 'Turns the second factor on by a first code; the recovery codes are told this once. Ends the other sessions.',
    body: z.object({ code: Code }),
    answer: z.object({ recoveryCodes: z.array(z.string()) }),
    status: 200,
  },
  removeSecondFactor: {
    method: 'post',
    path: '/api/account/second-factor/removal',
    does: 'Turns the second factor off by one more code.',
    body: z.object({ code: Code }),
    status: 204,
  },
  listSessions: {
    method: 'get',
    path: '/api/account/sessions',
    does: 'Where the asker is signed in, the last used first.',
    answer: z.object({ sessions: z.array(SignedIn) }),
    status: 200,
  },
  endOtherSessions: {
    method: 'delete',
    path: '/api/account/sessions',
    does: 'Signs the asker out everywhere but here.',
    status: 204,
  },
  endSession: {
    method: 'delete',
    path: '/api/account/sessions/:sessionId',
    does: 'Signs the asker out on one browser.',
    status: 204,
  },

  listAccounts: {
    method: 'get',
    path: '/api/accounts',
    does: 'All accounts, by name.',
    answer: z.object({ accounts: z.array(Account) }),
    status: 200,
  },
  invite: {
    method: 'post',
    path: '/api/accounts',
    does: 'Makes an account and a one-time link that opens it, good for 72 hours.',
    body: accountWords,
    answer: Invitation,
    status: 201,
  },
  changeAccount: {
    method: 'put',
    path: '/api/accounts/:staffId',
    does: 'Changes what somebody may do, or closes and opens their account; closing ends their sessions at once.',
    body: z.object({ duty: Duty, agency: z.nullable(Agency), disabled: z.boolean() }),
    answer: Account,
    status: 200,
  },
  inviteAgain: {
    method: 'post',
    path: '/api/accounts/:staffId/invitation',
    does: 'A new one-time link to choose a password; earlier links are worthless from then on.',
    answer: Invitation,
    status: 201,
  },
  resetSecondFactor: {
    method: 'delete',
    path: '/api/accounts/:staffId/second-factor',
    does: 'Takes a lost second factor off an account and ends its sessions; a password too short alone goes too.',
    answer: Account,
    status: 200,
  },

  readInvitation: {
    method: 'post',
    path: '/api/invitations/reading',
    does: 'Whom a one-time link is for; null for the first administrator, who says it themselves.',
    body: z.object({ token: LinkToken }),
    answer: z.object({ person: z.nullable(Person) }),
    status: 200,
  },
  acceptInvitation: {
    method: 'post',
    path: '/api/invitations',
    does: 'Uses up a one-time link: a password is chosen. Signs in, unless the account asks for a second factor.',
    body: z.object({ token: LinkToken, name: line(80), email: z.optional(Email), password: Password }),
    answer: z.object({ person: z.nullable(Person) }),
    status: 201,
  },

  listTeam: {
    method: 'get',
    path: '/api/families/:familyId/team',
    does: 'Who of the agencies works with a family.',
    answer: team,
    status: 200,
  },
  addToTeam: {
    method: 'post',
    path: '/api/families/:familyId/team',
    does: 'Adds a colleague by the email of their account.',
    body: z.object({ email: Email }),
    answer: team,
    status: 201,
  },
  removeFromTeam: {
    method: 'delete',
    path: '/api/families/:familyId/team/:staffId',
    does: 'Takes somebody out of a family’s team and its meetings, at once; never the last one.',
    status: 204,
  },
} as const
