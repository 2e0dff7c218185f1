import type { FamilyVersion } from '../../../shared/version'

export interface MeetingVersions {
  meetingId: string
  meeting: FamilyVersion['meeting']
  versions: FamilyVersion[]
}

/** Versions meeting by meeting, in the order in which the meetings come first. */
export function byMeeting(versions: FamilyVersion[]): MeetingVersions[] {
  const groups = new Map<string, MeetingVersions>()
  for (const version of versions) {
    const { meetingId, meeting } = version
    if (!groups.has(meetingId)) groups.set(meetingId, { meetingId, meeting, versions: [] })
    groups.get(meetingId)!.versions.push(version)
  }
  return [...groups.values()]
}
