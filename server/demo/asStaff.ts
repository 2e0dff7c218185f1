import type { Person } from '../../shared/api'
import type { Session } from '../access/sessions'
import type { App } from '../app'

/** Does something as a person who is signed in for that long. */
export async function asStaff<T>(
  { sessions }: App['parts'],
  person: Person,
  act: (session: Session) => Promise<T>,
): Promise<T> {
  const { session } = await sessions.start({ kind: 'staff', staffId: person.id })
  try {
    return await act(session)
  } finally {
    await sessions.end(session.id)
  }
}
