/** Strict shapes of JSON answers: exactly the keys of PROTOCOL §7 and §8, each of its type. */

import { isDay } from "./days.ts";
import { has } from "./encoding.ts";

/** Gives the value back, typed, or throws `WrongShape` with the path to what is wrong (never the value itself). */
export type Shape<T> = (value: unknown, path: string) => T;

/** The type of what a shape gives back: each answer is written once, as its shape. */
export type Infer<S> = S extends Shape<infer T> ? T : never;

/** An answer that is not as PROTOCOL says; its message names a path and no content. */
export class WrongShape extends Error {}

export const text: Shape<string> = (value, path) => {
  if (typeof value !== "string") throw new WrongShape(`${path} is not text`);
  return value;
};

export const whole: Shape<number> = (value, path) => {
  if (!Number.isSafeInteger(value) || (value as number) < 0) throw new WrongShape(`${path} is not a whole number`);
  return value as number;
};

export const boolean: Shape<boolean> = (value, path) => {
  if (typeof value !== "boolean") throw new WrongShape(`${path} is not true or false`);
  return value;
};

function written(pattern: RegExp, what: string): Shape<string> {
  return (value, path) => {
    const found = text(value, path);
    if (!pattern.test(found)) throw new WrongShape(`${path} is not ${what}`);
    return found;
  };
}

/** A date of the calendar, YYYY-MM-DD. */
export const date: Shape<string> = (value, path) => {
  if (!isDay(value)) throw new WrongShape(`${path} is not a date`);
  return value;
};
/** RFC 3339 in UTC, with as many digits of a second as there are. */
export const instant = written(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+00:00$/, "an instant");
/** Base64url without padding (PROTOCOL §1.4); its last bits are checked where it is decoded. */
export const base64url = written(/^[A-Za-z0-9_-]*$/, "base64url");

/** A list with one value for each of the shapes. */
export function row<T>(shapes: readonly Shape<T>[]): Shape<T[]> {
  return (value, path) => {
    if (!Array.isArray(value) || value.length !== shapes.length) throw new WrongShape(`${path} has not one value a column`);
    return shapes.map((shape, index) => shape(value[index], `${path}[${index}]`));
  };
}

export function nullable<T>(shape: Shape<T>): Shape<T | null> {
  return (value, path) => (value === null ? null : shape(value, path));
}

export function list<T>(shape: Shape<T>): Shape<readonly T[]> {
  return (value, path) => {
    if (!Array.isArray(value)) throw new WrongShape(`${path} is not a list`);
    return value.map((item, index) => shape(item, `${path}[${index}]`));
  };
}

export function oneOf<const T extends string>(...words: readonly T[]): Shape<T> {
  return (value, path) => {
    const found = words.find((word) => word === value);
    if (found === undefined) throw new WrongShape(`${path} is not one of ${words.join(", ")}`);
    return found;
  };
}

/** A key that is kept for later: always null, so that what it will hold is another version (PROTOCOL §7). */
export const nothing: Shape<null> = (value, path) => {
  if (value !== null) throw new WrongShape(`${path} is not null`);
  return null;
};

/** An object with exactly these keys. */
export function object<S extends Readonly<Record<string, Shape<unknown>>>>(shapes: S): Shape<{ readonly [K in keyof S]: Infer<S[K]> }> {
  return (value, path) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw new WrongShape(`${path} is not an object`);
    const stranger = Object.keys(value).find((key) => !has(shapes, key));
    if (stranger !== undefined) throw new WrongShape(`${path} has a key that nobody knows`);
    const result: { [K in keyof S]?: unknown } = {};
    for (const [key, shape] of Object.entries(shapes) as [keyof S & string, Shape<unknown>][]) {
      if (!has(value, key)) throw new WrongShape(`${path}.${key} is missing`);
      result[key] = shape((value as Record<string, unknown>)[key], `${path}.${key}`);
    }
    return result as { readonly [K in keyof S]: Infer<S[K]> };
  };
}
