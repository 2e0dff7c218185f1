import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import type { DecisionView } from '../../../shared/decision'
import type { Promised } from '../../../shared/promise'
import type { ScaleView } from '../../../shared/scaling'
import type { WallTurns } from '../../../shared/speaking'
import { call } from '../../api'

interface WallAnswers {
  decision: Ref<DecisionView | null>
  scale: Ref<ScaleView | null>
  promised: ShallowRef<readonly Promised[]>
  /** The circle that goes on; null while people speak as it comes. */
  circle: ShallowRef<WallTurns['circle']>
  ask(): Promise<void>
}

const orNull = <T>(answer: Promise<T>): Promise<T | null> => answer.catch(() => null)

/**
 * What everybody said to the decision, from 0 to 10 and to their promises, and whose turn it is. Behind the curtain there
 * is nothing to be had, and nothing asked.
 */
export function useWallAnswers(isBehind: () => boolean): WallAnswers {
  const decision = ref<DecisionView | null>(null)
  const scale = ref<ScaleView | null>(null)
  const promised = shallowRef<readonly Promised[]>([])
  const circle = shallowRef<WallTurns['circle']>(null)

  async function ask(): Promise<void> {
    const asked = isBehind()
      ? ([null, null, null, null] as const)
      : await Promise.all([
          orNull(call('readWallDecision')),
          orNull(call('readWallScale')),
          orNull(call('readWallPromises')),
          orNull(call('readWallTurns')),
        ])
    ;[decision.value, scale.value] = asked
    promised.value = asked[2]?.answers ?? []
    circle.value = asked[3]?.circle ?? null
  }

  return { decision, scale, promised, circle, ask }
}
