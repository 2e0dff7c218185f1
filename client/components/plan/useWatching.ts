import { inject, provide, type InjectionKey, type Ref } from 'vue'
import type { Participant } from '../../../shared/meeting'
import type * as Y from 'yjs'
import type { Plan } from '../../../shared/plan'

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
}

const KEY: InjectionKey<Watching> = Symbol('watching')

export const provideWatching = (watching: Watching): void => provide(KEY, watching)

/** Null on pages where nothing is watched for: an older version, a copy. */
export const useWatching = (): Watching | null => inject(KEY, null)
