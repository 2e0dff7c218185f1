import type { Kind } from '../../shared/plan'
import { MEMBERS, type Role } from '../../shared/roles'
import { type FamilyVoice, LINES_LEAST, type Share, VOICE_PARTS } from '../../shared/voice'
import type { Authored } from '../live/authorship'
import type { Speaker } from '../meetings/speakersIn'

/** Words of the plan by who wrote them: participant ids, and others of what the plan began with. */
export type Said = Omit<Authored, 'words'> & { words: Map<string, number> }

interface Needs {
  saidIn(meetingId: string): Promise<Said[]>
  /** Everybody who is or was in the meeting, by participant id. */
  speakersIn(meetingId: string): Promise<Map<string, Speaker>>
}

type Side = 'family' | 'professionals'
type Sides = Record<Side, number>

const WRITTEN_IN: Record<Kind, (typeof VOICE_PARTS)[number]> = {
  strengths: 'told',
  worries: 'told',
  programs: 'told',
  ideas: 'ideas',
  goals: 'agreed',
  actions: 'agreed',
  steps: 'agreed',
  agreements: 'agreed',
  disagreements: 'agreed',
  safety: 'agreed',
}

/** Who interprets says what others said, and who reads along says nothing. */
function sideOf(speaker: Speaker | undefined): Side | null {
  if (!speaker) return null
  if ((MEMBERS as readonly Role[]).includes(speaker.role)) return 'family'
  return speaker.role === 'facilitator' || speaker.role === 'agency' ? 'professionals' : null
}

/** A disagreement is told in the words of who could not agree, and who has no page has others type. */
function isSpokenBy({ kind }: Said, speaker: Speaker | undefined): boolean {
  return kind === 'disagreements' ? speaker !== undefined : speaker?.attendance === 'proxy'
}

function sidesOf(said: Said, speakers: ReadonlyMap<string, Speaker>): Sides {
  const sides = { family: 0, professionals: 0 }
  const speaker = said.whoId === null ? undefined : speakers.get(said.whoId)
  for (const [writer, words] of said.words) {
    // What was brought along from an earlier plan was said at another meeting.
    if (!speakers.has(writer)) continue
    const side = sideOf(isSpokenBy(said, speaker) ? speaker : speakers.get(writer))
    if (side) sides[side] += words
  }
  return sides
}

/** A line is whose most of its words are; where both wrote as much, half of it is each's. */
function lineOf({ family, professionals }: Sides): Sides {
  if (family === professionals) return { family: 0.5, professionals: 0.5 }
  return family > professionals ? { family: 1, professionals: 0 } : { family: 0, professionals: 1 }
}

/** In tenths; none and all only where it is so. */
function tenthsOf({ family, professionals }: Sides): number {
  const tenths = Math.round((10 * family) / (family + professionals))
  return Math.min(professionals > 0 ? 9 : 10, Math.max(family > 0 ? 1 : 0, tenths))
}

const sum = (all: readonly Sides[]): Sides => ({
  family: all.reduce((total, { family }) => total + family, 0),
  professionals: all.reduce((total, { professionals }) => total + professionals, 0),
})

function shareOf(said: readonly Said[], speakers: ReadonlyMap<string, Speaker>): Share {
  const counted = said.map((one) => ({ one, sides: sidesOf(one, speakers) }))
  const spoken = counted.filter(({ sides }) => sides.family + sides.professionals > 0)
  const lines = spoken.filter(({ one }) => one.kind !== null).map(({ sides }) => lineOf(sides))
  if (lines.length < LINES_LEAST) return null
  return { lines: tenthsOf(sum(lines)), words: tenthsOf(sum(spoken.map(({ sides }) => sides))) }
}

/**
 * How much of what stands in the plan that all share the family said, next to professionals. Two groups and never a
 * person; reckoned when it is asked for, and kept nowhere.
 */
export function createReadVoice({ saidIn, speakersIn }: Needs) {
  return async function readVoice(meetingId: string): Promise<FamilyVoice> {
    const [said, speakers] = await Promise.all([saidIn(meetingId), speakersIn(meetingId)])
    const parts = VOICE_PARTS.map((part) => {
      const those = said.filter(({ kind }) => kind !== null && WRITTEN_IN[kind] === part)
      return [part, shareOf(those, speakers)]
    })
    return { all: shareOf(said, speakers), ...Object.fromEntries(parts) }
  }
}
