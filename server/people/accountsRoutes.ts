import { Router, type Request } from 'express'
import type { Account, Invitation, Person } from '../../shared/account'
import { PlanError } from '../../shared/errors'
import type { Noted } from '../../shared/record'
import type { Access } from '../access/Access'
import type { Sessions } from '../access/sessions'
import type { Config } from '../config'
import { publicUrl } from '../http/publicUrl'
import { serve } from '../http/serve'
import { byStaff } from '../record/actors'
import type { RecordKeeper } from '../record/record'
import type { Accounts } from './accounts'
import { invitationPath, type Invitations } from './invitations'
import type { SendInvitation } from './sendInvitation'
import type { SigningIn } from './signingIn'

interface Needs {
  access: Access
  config: Config
  accounts: Accounts
  invitations: Invitations
  sessions: Sessions
  signingIn: SigningIn
  sendInvitation: SendInvitation
  record: RecordKeeper
}

/** The accounts of all agency people, for the administrator; and the links that open them. */
export function createAccountsRoutes(needs: Needs): Router {
  const { access, config, accounts, invitations, sendInvitation, record } = needs
  const router = Router()
  const manage = access.staff('staff:manage')

  async function inviteTo(account: Account, by: Person, request: Request): Promise<Invitation> {
    record.report({ what: 'invited', ...byStaff(by), about: { staffId: account.id } })
    const link = publicUrl(config, request) + invitationPath(await invitations.make(account.id))
    return { account, link, sent: await sendInvitation(account.email, link) }
  }

  serve(router, 'listAccounts', manage, async () => ({ accounts: await accounts.list() }))

  serve(router, 'invite', manage, async ({ visitor: { person }, body, request }) => {
    return inviteTo(await accounts.add(body), person, request)
  })

  serve(router, 'inviteAgain', manage, async ({ visitor: { person }, params: { staffId }, request }) => {
    const account = await accounts.show(staffId)
    if (account.state === 'disabled') throw new PlanError('account/not-found')
    return inviteTo(account, person, request)
  })

  serve(router, 'changeAccount', manage, async ({ visitor: { person }, params: { staffId }, body }) => {
    const before = await accounts.show(staffId)
    const account = await accounts.change(staffId, body)
    noteChange(before, account, byStaff(person).actor).forEach(record.report)
    return account
  })

  serve(router, 'resetSecondFactor', manage, async ({ visitor: { person }, params: { staffId } }) => {
    const account = await accounts.resetSecondFactor(staffId)
    record.report({ what: 'codes-reset', ...byStaff(person), about: { staffId } })
    return account
  })

  serveInvitations(router, needs)
  return router
}

/** What of a change is recorded. */
function noteChange(before: Account, after: Account, actor: Noted['actor']): Noted[] {
  const { id: staffId, duty } = after
  const closed = [before, after].map(({ state }) => state === 'disabled')
  const noted: Noted[] = []
  if (duty !== before.duty)
    noted.push({ actor, what: 'duty-changed', about: { staffId, duty, dutyBefore: before.duty } })
  if (closed[0] !== closed[1])
    noted.push({ actor, what: closed[1] ? 'account-closed' : 'account-opened', about: { staffId } })
  return noted
}

/** What the person behind a link does, before they have a session. */
function serveInvitations(router: Router, { access, invitations, sessions, signingIn, record }: Needs): void {
  serve(router, 'readInvitation', access.anyone, async ({ body }) => ({ person: await invitations.read(body.token) }))

  serve(router, 'acceptInvitation', access.anyone, async ({ visitor, body, request, response }) => {
    const { token, ...words } = body
    const { person, asksForCode } = await invitations.accept(token, words)
    record.report({ what: 'invitation-accepted', ...byStaff(person), about: {} })
    // A lost password may be in other hands: whoever came in with it is out.
    await sessions.endAllOf(person.id)
    access.changes.emit('changed', { staffId: person.id })
    if (asksForCode) return { person: null }
    await signingIn.begin(person, visitor.session, request, response)
    return { person }
  })
}
