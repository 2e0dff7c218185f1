const two = (figure: number) => String(figure).padStart(2, '0')

/** The next full hour on this browser's clock, as native date and time fields take it. */
export function comingHour(now: Date): { day: string; time: string } {
  const next = new Date(now)
  next.setHours(now.getHours() + 1, 0, 0, 0)
  return {
    day: `${next.getFullYear()}-${two(next.getMonth() + 1)}-${two(next.getDate())}`,
    time: `${two(next.getHours())}:00`,
  }
}
