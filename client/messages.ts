import { PlanError, type ErrorCode } from '../shared/errors'
import { NoLine } from './api'

/** Where the sentence for each refusal stands in the locale files; a code without one does not compile. */
export const MESSAGES: Record<ErrorCode | 'no-line', `errors.${string}`> = {
  'no-line': 'errors.noLine',
  'request/invalid': 'errors.requestInvalid',
  'request/too-large': 'errors.requestTooLarge',
  'request/foreign': 'errors.requestForeign',
  'request/too-many': 'errors.requestTooMany',
  'route/not-found': 'errors.routeNotFound',
  'session/missing': 'errors.sessionMissing',
  'session/wrong-password': 'errors.sessionWrongPassword',
  'session/code-needed': 'errors.sessionCodeNeeded',
  'session/wrong-code': 'errors.sessionWrongCode',
  'session/service-failed': 'errors.sessionServiceFailed',
  'session/service-unknown': 'errors.sessionServiceUnknown',
  'account/not-found': 'errors.accountNotFound',
  'account/email-taken': 'errors.accountEmailTaken',
  'account/last-admin': 'errors.accountLastAdmin',
  'account/wrong-password': 'errors.accountWrongPassword',
  'account/password-short': 'errors.accountPasswordShort',
  'account/password-short-code': 'errors.accountPasswordShortCode',
  'account/password-known': 'errors.accountPasswordKnown',
  'account/second-factor-on': 'errors.accountSecondFactorOn',
  'account/session-over': 'errors.accountSessionOver',
  'invitation/over': 'errors.invitationOver',
  'team/nobody': 'errors.teamNobody',
  'team/last': 'errors.teamLast',
  'team/leads': 'errors.teamLeads',
  'access/denied': 'errors.accessDenied',
  'access/waiting': 'errors.accessWaiting',
  'access/removed': 'errors.accessRemoved',
  'access/changed': 'errors.accessChanged',
  'family/not-found': 'errors.familyNotFound',
  'family/held': 'errors.familyHeld',
  'family/not-confirmed': 'errors.familyNotConfirmed',
  'meeting/not-found': 'errors.meetingNotFound',
  'meeting/ended': 'errors.meetingEnded',
  'meeting/private': 'errors.meetingPrivate',
  'participant/not-found': 'errors.participantNotFound',
  'join/unknown-code': 'errors.joinUnknownCode',
  'join/locked': 'errors.joinLocked',
  'link/no-email': 'errors.linkNoEmail',
  'link/not-found': 'errors.linkNotFound',
  'projector/link-used': 'errors.projectorLinkUsed',
  'plan/not-yours': 'errors.planNotYours',
  'plan/read-only': 'errors.planReadOnly',
  'plan/shape': 'errors.planShape',
  'plan/sealed': 'errors.planSealed',
  'plan/part-not-found': 'errors.planPartNotFound',
  'plan/gap': 'errors.planGap',
  'plan/too-large': 'errors.planTooLarge',
  'plan/old-generation': 'errors.planOldGeneration',
  'plan/replaced': 'errors.planReplaced',
  'plan/unavailable': 'errors.planUnavailable',
  'release/not-found': 'errors.releaseNotFound',
  'release/over': 'errors.releaseOver',
  'version/not-found': 'errors.versionNotFound',
  'version/item-not-found': 'errors.versionItemNotFound',
  'version/outdated': 'errors.versionOutdated',
  'record/unavailable': 'errors.recordUnavailable',
  'server/stopping': 'errors.serverStopping',
  'server/trouble': 'errors.serverTrouble',
}

/** The locale key of the sentence for whatever went wrong. */
export function messageFor(problem: unknown): string {
  if (problem instanceof PlanError) return MESSAGES[problem.code]
  if (problem instanceof NoLine) return MESSAGES['no-line']
  return MESSAGES['server/trouble']
}

/** Was this refused with `code`? */
export function isRefusal(problem: unknown, code: ErrorCode): boolean {
  return problem instanceof PlanError && problem.code === code
}
