import * as z from 'zod/mini'
import { Agency, Duty, Id, line } from './meeting'

/** A signed-in agency person. */
export const Person = z.object({ id: Id, name: z.string(), email: z.string(), duty: Duty, agency: z.nullable(Agency) })
export type Person = z.infer<typeof Person>

/** The shortest password that opens an account by itself, and beside a second factor (NIST SP 800-63B-4, 3.1.1.2). */
export const PASSWORD_MIN = { alone: 15, withCode: 8 } as const
export const PASSWORD_MAX = 256

/** An email as people type it; the server looks at small letters. */
export const Email = z.string().check(z.trim(), z.maxLength(254), z.regex(/^[^\s@<>"]+@[^\s@<>"]+\.[^\s@<>"]+$/))
/** A password somebody signs in with, whatever it is. */
export const Password = z.string().check(z.minLength(1), z.maxLength(PASSWORD_MAX))
/** Six digits of an app, or a recovery code. */
export const Code = z.string().check(z.minLength(6), z.maxLength(24))
/** The secret of a one-time link. */
export const LinkToken = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/))

/** How long a session still lasts, in seconds; null where nobody with an account is signed in. */
export const Staying = z.object({
  leftS: z.number(),
  /** The end comes after a day in any case: being here does not put it off. */
  lastly: z.boolean(),
})
export type Staying = z.infer<typeof Staying>

/** What the administrator sees of an account. */
export const Account = z.object({
  ...Person.shape,
  /** `invited`: has no way in yet but the link. */
  state: z.enum(['invited', 'active', 'disabled']),
  lastSignInAt: z.nullable(z.string()),
  secondFactor: z.boolean(),
})
export type Account = z.infer<typeof Account>

/** One-time link for one person; `sent`: it went out by email too. */
export const Invitation = z.object({ account: Account, link: z.string(), sent: z.boolean() })
export type Invitation = z.infer<typeof Invitation>

/** What somebody sees of their own account. */
export const OwnAccount = z.object({
  person: Person,
  /** Null without one. */
  secondFactor: z.nullable(z.object({ since: z.string(), recoveryLeft: z.number() })),
})
export type OwnAccount = z.infer<typeof OwnAccount>

/** A browser somebody is signed in on. */
export const SignedIn = z.object({
  id: Id,
  /** Browser and system by name, as `Firefox · Android`. */
  browser: z.string(),
  since: z.string(),
  lastUsed: z.string(),
  /** It is this one. */
  here: z.boolean(),
})
export type SignedIn = z.infer<typeof SignedIn>

/** Who works with a family. */
export const Colleague = Person
export type Colleague = Person

const accountWords = z.object({ name: line(80), email: Email, duty: Duty, agency: z.nullable(Agency) })
const team = z.object({ team: z.array(Colleague) })

/** The routes of accounts, as in `API`. */
export const ACCOUNT_ROUTES = {
  signInWays: {
    method: 'get',
    path: '/api/sign-in',
    does: 'How people can sign in here: the name of the sign-in service of their agency, or null.',
    answer: z.object({ service: z.nullable(z.string()) }),
    status: 200,
  },
  signIn: {
    method: 'post',
    path: '/api/sessions',
    does: 'Signs an agency person in; sets the session cookie. `code`: of the second factor, where the account has one.',
    body: z.object({
      email: z.string().check(z.minLength(3), z.maxLength(254)),
      password: Password,
      code: z.optional(Code),
    }),
    answer: Person,
    status: 201,
  },
  whoAmI: {
    method: 'get',
    path: '/api/sessions/current',
    does: 'Tells who is signed in on this browser (null for nobody) and for how long; asking does not prolong it.',
    answer: z.object({ person: z.nullable(Person), staying: z.nullable(Staying) }),
    status: 200,
  },
  staySignedIn: {
    method: 'post',
    path: '/api/sessions/current/use',
    does: 'Somebody is at this browser: the session lasts another hour, but no more than a day in all.',
    answer: Staying,
    status: 200,
  },
  signOut: {
    method: 'delete',
    path: '/api/sessions/current',
    does: 'Ends this session, its open pages included.',
    status: 204,
  },

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
