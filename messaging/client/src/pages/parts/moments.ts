/** Times in words, in the organisation's zone: the same sentences as helpline/words.py. PURE. */

const QUARTER = 15 * 60_000;
const DAY = 86_400_000;

interface Wall { readonly date: string; readonly hour: number; readonly minute: number }

function wall(instant: number, zone: string): Wall {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  }).formatToParts(instant);
  const read = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? "";
  return { date: `${read("year")}-${read("month")}-${read("day")}`, hour: Number(read("hour")), minute: Number(read("minute")) };
}

function clockTime({ hour, minute }: Wall): string {
  if (minute === 0 && hour % 12 === 0) return hour === 0 ? "midnight" : "midday";
  const minutes = minute === 0 ? "" : `:${String(minute).padStart(2, "0")}`;
  return `${hour % 12 === 0 ? 12 : hour % 12}${minutes}${hour < 12 ? "am" : "pm"}`;
}

/** A date YYYY-MM-DD in words: "Wednesday 25 November". */
export function dateWords(date: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "long", day: "numeric", month: "long" }).format(Date.parse(`${date}T00:00:00Z`));
}

/** A date seen from `at`: "Today", "Yesterday", or its name. */
export function dayHeading(date: string, at: number): string {
  const days = Math.round((Date.parse(`${new Date(at).toISOString().slice(0, 10)}T00:00:00Z`) - Date.parse(`${date}T00:00:00Z`)) / DAY);
  return { 0: "Today", 1: "Yesterday" }[days] ?? dateWords(date);
}

/** By when, seen from `at`: "5pm today", "10:15am tomorrow", "5pm on Wednesday 25 November". Rounded up to a quarter of an hour. */
export function deadlineWords(instant: string, at: number, zone: string): string {
  const due = wall(Math.ceil(Date.parse(instant) / QUARTER) * QUARTER, zone);
  const days = Math.round((Date.parse(due.date) - Date.parse(wall(at, zone).date)) / DAY);
  return `${clockTime(due)} ${{ 0: "today", 1: "tomorrow" }[days] ?? `on ${dateWords(due.date)}`}`;
}
