/** Dates as a server writes them beside envelopes (PROTOCOL §5.1): its word, but at least a date. PURE. */

/** Whether it is a date of the calendar, written YYYY-MM-DD and nothing else. */
export function isDay(value: unknown): value is string {
  if (typeof value !== "string" || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value) || value.startsWith("0000")) return false;
  const day = new Date(`${value}T00:00:00Z`);
  // Some read the 30th of February as a day of March.
  return !Number.isNaN(day.getTime()) && day.toISOString().slice(0, 10) === value;
}

/** A day of §1.5 as a date. */
export function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
