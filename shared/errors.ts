interface ErrorEntry {
  /** Status of the HTTP answer. */
  http: number
  /** Close code of a live socket: 44xx the client stops and says why, 45xx it tries again. */
  close?: number
  /** One English sentence a parent understands; the client says it in the person's language. */
  message: string
}

/** Everything that can be refused, once. Three edges translate: HTTP, a socket's close, a Socket.IO answer. */
export const ERRORS = {
  'request/invalid': {
    http: 400,
    close: 4400,
    message: 'Something in what was sent is not right. Check it and try again.',
  },
  'request/too-large': { http: 413, close: 4413, message: 'That is too long. Make it shorter and try again.' },
  'request/foreign': { http: 403, close: 4403, message: 'That came from another website, so it was not done.' },
  'request/too-many': { http: 429, close: 4529, message: 'That was very fast. Wait a moment and try again.' },
  'route/not-found': { http: 404, message: 'There is nothing at this address. Check the link.' },

  'session/missing': { http: 401, close: 4401, message: 'Sign in, or use your meeting link to come in.' },
  'session/wrong-password': { http: 401, message: 'The email or the password is not right. Check both and try again.' },
  'session/code-needed': { http: 401, message: 'Type the code from your app too.' },
  'session/wrong-code': { http: 401, message: 'This code is not right, or was used already. Wait for the next one.' },
  'session/service-failed': { http: 401, message: 'Signing in through your agency did not work. Start it again.' },
  'session/service-unknown': {
    http: 401,
    message: 'There is no account here for the email your agency gave. Ask your administrator.',
  },
  'account/not-found': { http: 404, message: 'We could not find this account.' },
  'account/email-taken': { http: 409, message: 'There is an account with this email already.' },
  'account/last-admin': { http: 409, message: 'This is the last administrator. Make somebody else one first.' },
  'account/wrong-password': { http: 403, message: 'That is not your password of now. Try again.' },
  'account/password-short': {
    http: 400,
    message: 'Use 15 or more letters, numbers or spaces. A few words together are good.',
  },
  'account/password-short-code': { http: 400, message: 'Use 8 or more letters, numbers or spaces.' },
  'account/password-known': { http: 400, message: 'Others would guess this password early. Choose another one.' },
  'account/second-factor-on': { http: 409, message: 'Codes are on already. Turn them off before you start anew.' },
  'account/session-over': { http: 404, message: 'You are not signed in there any more.' },
  'invitation/over': { http: 410, message: 'This link was used or is too old. Ask your administrator for a new one.' },
  'team/nobody': { http: 404, message: 'Nobody with this email can be added. Ask your administrator.' },
  'team/last': { http: 409, message: 'Nobody else here could open this family. Add a facilitator first.' },
  'team/leads': { http: 409, message: 'They lead a meeting alone. A facilitator who stays has to do this.' },
  'access/denied': { http: 403, close: 4403, message: 'Your part in this meeting does not include that.' },
  'access/waiting': { http: 403, close: 4423, message: 'You are still at the door. The facilitator will let you in.' },
  'access/removed': { http: 403, close: 4410, message: 'You are no longer in this meeting. Ask the facilitator.' },
  'access/changed': { http: 409, close: 4509, message: 'Your part in this meeting changed. One moment.' },

  'family/not-found': { http: 404, message: 'We could not find this family.' },
  'family/held': {
    http: 409,
    message: 'This family is on hold, so nothing of it can be removed. Lift the hold first.',
  },
  'family/not-confirmed': { http: 409, message: 'That was too long ago. Ask again to remove this family.' },
  'meeting/not-found': { http: 404, close: 4404, message: 'We could not find this meeting. Check the link.' },
  'meeting/ended': { http: 409, close: 4409, message: 'This meeting has ended, so nothing more is written.' },
  'meeting/private': {
    http: 409,
    close: 4460,
    message: 'The family is talking by itself. The plan comes back when they are ready.',
  },
  'meeting/time-changed': { http: 409, message: 'Somebody changed the time just now. Look at it first.' },
  'participant/not-found': { http: 404, message: 'We could not find this person in the meeting.' },
  'participant/apart': {
    http: 409,
    message: 'Somebody is in this meeting whom this person must not meet. Meet them at another time.',
  },
  'join/unknown-code': {
    http: 404,
    message: 'This code does not open a meeting. Ask the facilitator for the code of today.',
  },
  'join/locked': { http: 429, message: 'Too many wrong codes. Wait a few minutes, or ask the facilitator for a link.' },
  'link/no-email': { http: 409, message: 'This server sends no email. Give the link on paper.' },
  'link/not-found': { http: 404, message: 'We could not find this link.' },
  'projector/link-used': { http: 410, message: 'This projector link was used or is too old. Make a new one.' },

  'plan/not-yours': { http: 403, close: 4450, message: 'These words could not be added under your name.' },
  'plan/read-only': { http: 403, close: 4451, message: 'You can read this plan, but not write in it now.' },
  'plan/shape': { http: 400, close: 4452, message: 'These words could not be added to the plan.' },
  'plan/sealed': {
    http: 409,
    close: 4457,
    message: 'This plan is sealed, so nothing more is written in it. The facilitator can start an amendment.',
  },
  'plan/part-not-found': { http: 404, close: 4458, message: 'We could not find this part of the plan.' },
  'plan/gap': { http: 409, close: 4453, message: 'Some words are missing before these, so they could not be added.' },
  'plan/too-large': { http: 413, close: 4454, message: 'The plan has no room for that much. Make it shorter.' },
  'plan/old-generation': { http: 409, close: 4455, message: 'The plan went on while this page was away.' },
  'plan/replaced': { http: 409, close: 4456, message: 'This plan is open in another window of yours.' },
  'plan/ordered': {
    http: 403,
    close: 4461,
    message: 'A court ordered this. Child welfare, probation or the facilitator can change it.',
  },
  'plan/unavailable': { http: 503, close: 4503, message: 'The plan cannot be reached at the moment. We try again.' },

  'answer/changed': { http: 409, message: 'These words changed just now. Read them, then answer.' },
  'answer/own-phone': { http: 409, message: 'This person is here with a phone of their own and answers there.' },

  'need/not-found': { http: 404, message: 'We could not find this need.' },
  'lead/changed': { http: 409, message: 'Somebody else leads the meeting now. Look at it again.' },
  'need/changed': { http: 409, message: 'This need changed just now. Look at it again.' },
  'need/not-relatives': {
    http: 409,
    message: 'An interpreter is somebody trained for it, never a relative, a friend or a child. Ask an agency person.',
  },
  'poll/changed': { http: 409, message: 'The times to choose from changed just now. Look at them again.' },
  'invite/not-found': { http: 404, message: 'This person is no longer on the list of who is asked to come.' },
  'invite/enough': { http: 409, message: 'The list of who is asked to come is full. Take somebody off it first.' },
  'invite/door-shut': { http: 409, message: 'Nobody can come in with the link now. Open the door first.' },
  'invite/not-taken': {
    http: 503,
    message: 'The mail server did not take it. Nothing was sent. Try again later, or pass the words on yourself.',
  },
  'invite/changed': { http: 409, message: 'Somebody else sent this just now, or is sending it. Look at the list.' },
  'invite/unsure': {
    http: 503,
    message: 'The line to the mail server broke. We cannot say whether the email went out.',
  },
  'supporter/not-found': { http: 404, message: 'We could not find this person on the list.' },
  'supporter/enough': { http: 409, message: 'You named as many people as you can. Take one back first.' },
  'roster/not-found': { http: 404, message: 'We could not find this line of the list.' },
  'roster/no-account': {
    http: 409,
    message: 'This person has no account of this agency here. Call or write to them.',
  },

  'release/not-found': { http: 404, message: 'We could not find this permission.' },
  'release/over': { http: 409, message: 'This permission has ended. You can give a new one.' },

  'version/not-found': { http: 404, message: 'We could not find this version.' },
  'version/item-not-found': { http: 404, message: 'That version does not have these words.' },
  'version/outdated': { http: 409, message: 'Somebody saved a version just before you. Look at it first.' },

  'signature/given': { http: 409, message: 'You signed this plan already. What was signed stays signed.' },
  'signature/own': { http: 409, message: 'This person has a page of their own and signs there.' },

  'record/unavailable': {
    http: 503,
    close: 4504,
    message: 'We could not write down who looked, so nothing was shown. Try again in a moment.',
  },

  'server/stopping': { http: 503, close: 4512, message: 'OurPlan is starting again. Your words are kept. One moment.' },
  'server/trouble': {
    http: 500,
    close: 4500,
    message: 'Something went wrong on our side. Nothing you wrote was lost. Try again.',
  },
} as const satisfies Record<string, ErrorEntry>

export type ErrorCode = keyof typeof ERRORS

/** The one error the product throws on purpose; its code selects status, close code and sentence. */
export class PlanError extends Error {
  override name = 'PlanError'
  constructor(
    readonly code: ErrorCode,
    options?: ErrorOptions,
  ) {
    super(ERRORS[code].message, options)
  }
}

/** Is this text one of our codes? (It came over a wire.) */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text)
}

/** The body of every refused HTTP request and Socket.IO acknowledgement. */
export interface ErrorBody {
  error: { code: ErrorCode; message: string }
}
