import * as z from 'zod/mini'
import { Agency, Duty, Id } from './meeting'

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

/** The routes of signing in and out, as in `API`. */
export const SESSION_ROUTES = {
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
} as const
