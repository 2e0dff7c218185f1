import { AGENCIES } from './meeting'

/**
 * To whom a release may show something, beside single members of the family: an agency (its people with an account, as
 * long as they are in the meeting for it), or who leads or interprets.
 */
export const RECIPIENTS = [...AGENCIES, 'facilitator', 'interpreter'] as const
export type Recipient = (typeof RECIPIENTS)[number]
