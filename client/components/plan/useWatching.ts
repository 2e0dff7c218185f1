import { inject, provide, type InjectionKey, type Ref } from 'vue'
import type { Participant } from '../../../shared/meeting'
import type * as Y from 'yjs'
import type { Plan, Program } from '../../../shared/plan'

/** What the notes about a plan are made of. */
export interface Watching {
  plan: Readonly<Ref<Plan | null>>
  doc: Readonly<Ref<Y.Doc | null>>
  people: Readonly<Ref<Participant[]>>
  timeZone: string
  /** The day from which one looks ahead. */
  from: string
  /** The promise whose times somebody asked to change. */
  asked: Ref<string | null>
  /** Programs of the parts that this person has on the page, by part: their days stand on the strip too. */
  programs: Ref<ReadonlyMap<string, readonly Program[]>>
}

const KEY: InjectionKey<Watching> = Symbol('watching')

export const provideWatching = (watching: Watching): void => provide(KEY, watching)

/** Null on pages where nothing is watched for: an older version, a copy. */
export const useWatching = (): Watching | null => inject(KEY, null)
