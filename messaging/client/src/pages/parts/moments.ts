/** Times in words, in the organisation's zone: the same sentences as helpline/words.py, from the same catalogue. PURE but for the page's language. */

import { say, sayIn } from "./gettext.ts";

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
  const two = String(minute).padStart(2, "0");
  if (sayIn("hours of a clock", "12") === "24") return `${hour}:${two}`;
  if (minute === 0 && hour % 12 === 0) return hour === 0 ? say("midnight") : say("midday");
  const time = `${hour % 12 === 0 ? 12 : hour % 12}${minute === 0 ? "" : `:${two}`}`;
  return hour < 12 ? say("{time}am", { time }) : say("{time}pm", { time });
}

// Browsers do not know the names of every language: Chromium has none for Welsh. Sunday is 0.
function weekdayName(weekday: number): string {
  return [
    sayIn("in a sentence", "Sunday"),
    sayIn("in a sentence", "Monday"),
    sayIn("in a sentence", "Tuesday"),
    sayIn("in a sentence", "Wednesday"),
    sayIn("in a sentence", "Thursday"),
    sayIn("in a sentence", "Friday"),
    sayIn("in a sentence", "Saturday"),
  ][weekday] ?? "";
}

function monthName(month: number): string {
  return [
    sayIn("alt. month", "January"),
    sayIn("alt. month", "February"),
    sayIn("alt. month", "March"),
    sayIn("alt. month", "April"),
    sayIn("alt. month", "May"),
    sayIn("alt. month", "June"),
    sayIn("alt. month", "July"),
    sayIn("alt. month", "August"),
    sayIn("alt. month", "September"),
    sayIn("alt. month", "October"),
    sayIn("alt. month", "November"),
    sayIn("alt. month", "December"),
  ][month] ?? "";
}

/** A date YYYY-MM-DD in words: "Wednesday 25 November". */
export function dateWords(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  return say("{weekday} {day} {month}", { weekday: weekdayName(day.getUTCDay()), day: day.getUTCDate(), month: monthName(day.getUTCMonth()) });
}

/** A date seen from `at`: "Today", "Yesterday", or its name. */
export function dayHeading(date: string, at: number): string {
  const days = Math.round((Date.parse(`${new Date(at).toISOString().slice(0, 10)}T00:00:00Z`) - Date.parse(`${date}T00:00:00Z`)) / DAY);
  if (days === 0) return say("Today");
  return days === 1 ? say("Yesterday") : dateWords(date);
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
  if (days === 0) return say("{time} today", { time });
  if (days === 1) return say("{time} tomorrow", { time });
  return say("{time} on {day}", { time, day: dateWords(due.date) });
}

/** An instant with its year: "Saturday 28 November 2026, 11am". */
export function instantWords(instant: number, zone: string): string {
  const then = wall(instant, zone);
  return `${dateWords(then.date)} ${then.date.slice(0, 4)}, ${clockTime(then)}`;
}
