import type { BothLanguages } from '../../shared/meeting'
import { FORGOTTEN_KIND, MEETING_KINDS, type MeetingKindWords } from '../../shared/meetingKinds'

export type Kinds = ReturnType<typeof createKinds>

/** The kinds of meetings there are here: OurPlan’s, then the county’s own. */
export function createKinds(own: readonly MeetingKindWords[]) {
  const kinds = [...MEETING_KINDS, ...own]
  const byId = new Map(kinds.map((kind) => [kind.id, kind]))
  const find = (id: string): MeetingKindWords => byId.get(id) ?? FORGOTTEN_KIND

  return {
    list: (): { id: string; name: BothLanguages }[] => kinds.map(({ id, name }) => ({ id, name })),
    has: (id: string): boolean => byId.has(id),
    /** Also for a kind that the county’s file does not name any more: its meetings are still there. */
    find,
    nameOf: (id: string): BothLanguages => find(id).name,
  }
}
