/** Times in words, in the organisation's zone: the same sentences as helpline/hours/wording.py, from the same catalogue. PURE but for the page's language. */

import { gettext, pgettext } from "./gettext.ts";

const QUARTER = 15 * 60_000;
const DAY = 86_400_000;

interface Wall {
  readonly date: string;
  readonly hour: number;
  readonly minute: number;
}

function wall(instant: number, zone: string): Wall {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  }).formatToParts(instant);
  const read = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? "";
  return { date: `${read("year")}-${read("month")}-${read("day")}`, hour: Number(read("hour")), minute: Number(read("minute")) };
}

function clockTime({ hour, minute }: Wall): string {
  const two = String(minute).padStart(2, "0");
  if (pgettext("hours of a clock", "12") === "24") return `${hour}:${two}`;
  if (minute === 0 && hour % 12 === 0) return hour === 0 ? gettext("midnight") : gettext("midday");
  const time = `${hour % 12 === 0 ? 12 : hour % 12}${minute === 0 ? "" : `:${two}`}`;
  return hour < 12 ? gettext("{time}am", { time }) : gettext("{time}pm", { time });
}

// Browsers do not know the names of every language: Chromium has none for Welsh. Sunday is 0.
function weekdayName(weekday: number): string {
  return (
    [
      pgettext("in a sentence", "Sunday"),
      pgettext("in a sentence", "Monday"),
      pgettext("in a sentence", "Tuesday"),
      pgettext("in a sentence", "Wednesday"),
      pgettext("in a sentence", "Thursday"),
      pgettext("in a sentence", "Friday"),
      pgettext("in a sentence", "Saturday"),
    ][weekday] ?? ""
  );
}

function monthName(month: number): string {
  return (
    [
      pgettext("alt. month", "January"),
      pgettext("alt. month", "February"),
      pgettext("alt. month", "March"),
      pgettext("alt. month", "April"),
      pgettext("alt. month", "May"),
      pgettext("alt. month", "June"),
      pgettext("alt. month", "July"),
      pgettext("alt. month", "August"),
      pgettext("alt. month", "September"),
      pgettext("alt. month", "October"),
      pgettext("alt. month", "November"),
      pgettext("alt. month", "December"),
    ][month] ?? ""
  );
}

/** A date YYYY-MM-DD in words: "Wednesday 25 November". */
export function dateWords(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  return gettext("{weekday} {day} {month}", { weekday: weekdayName(day.getUTCDay()), day: day.getUTCDate(), month: monthName(day.getUTCMonth()) });
}

/** A date seen from `at`: "Today", "Yesterday", or its name. */
export function dayHeading(date: string, at: number): string {
  const days = Math.round((Date.parse(`${new Date(at).toISOString().slice(0, 10)}T00:00:00Z`) - Date.parse(`${date}T00:00:00Z`)) / DAY);
  if (days === 0) return gettext("Today");
  return days === 1 ? gettext("Yesterday") : dateWords(date);
}

/** By when, seen from `at`: "5pm today", "10:15am tomorrow", "5pm on Wednesday 25 November". Rounded up to a quarter of an hour. */
export function deadlineWords(instant: string, at: number, zone: string): string {
  return fromNow(Math.ceil(Date.parse(instant) / QUARTER) * QUARTER, at, zone);
}

/** When something was, seen from `at`, to the minute: "9:12am today". */
export function minuteWords(instant: string, at: number, zone: string): string {
  return fromNow(Date.parse(instant), at, zone);
}

function fromNow(instant: number, at: number, zone: string): string {
  const due = wall(instant, zone);
  const days = Math.round((Date.parse(due.date) - Date.parse(wall(at, zone).date)) / DAY);
  const time = clockTime(due);
  if (days === 0) return gettext("{time} today", { time });
  if (days === 1) return gettext("{time} tomorrow", { time });
  return gettext("{time} on {day}", { time, day: dateWords(due.date) });
}

/** An instant with its year: "Saturday 28 November 2026, 11am". */
export function instantWords(instant: number, zone: string): string {
  const then = wall(instant, zone);
  return `${dateWords(then.date)} ${then.date.slice(0, 4)}, ${clockTime(then)}`;
}
