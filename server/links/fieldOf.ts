/** What stands in a field of a form that was sent; empty where nothing, or no words, does. */
export function fieldOf(form: unknown, field: string): string {
  const value = (form as Record<string, unknown> | undefined)?.[field]
  return typeof value === 'string' ? value : ''
}
