/** Parts of §1.3 that are scripts of their own: `argon2` by WebAssembly, and `stand-ins`, which only a browser that lacks something loads. `opened` is loaded with a conversation. */

import type * as Argon2 from "./argon2_script.ts";
import type * as StandIns from "./stand_in_script.ts";

export type { Argon2, StandIns };

/** A script did not come, or is not the one that this one was built with. Loading the page again may help. */
export class NotLoaded extends Error {}

/** Where they are and their hashes, in every bundle; a test that runs the sources has neither. */
declare const SCRIPTS: Readonly<Record<string, { readonly path: string; readonly integrity: string }>>;

const loading = new Map<string, Promise<unknown>>();

/** Argon2id by WebAssembly; throws NotLoaded. */
export function loadArgon2(): Promise<typeof Argon2> {
  return loadOnce("argon2", () => import("#argon2"));
}

/** What stands in for a browser's missing cryptography; throws NotLoaded. */
export function loadStandIns(): Promise<typeof StandIns> {
  return loadOnce("stand-ins", () => import("#stand-ins"));
}

/** Loads a script that the bundle knows by this name, once; what did not come is asked for again the next time. Throws NotLoaded. */
export function loadOnce<T>(name: string, importing: () => Promise<T>): Promise<T> {
  const found = (loading.get(name) as Promise<T> | undefined) ?? load(name, importing);
  loading.set(name, found);
  found.catch(() => loading.delete(name));
  return found;
}

async function load<T>(name: string, importing: () => Promise<T>): Promise<T> {
  try {
    if (typeof SCRIPTS !== "undefined") await fetched(name);
    return await importing();
  } catch (error) {
    throw new NotLoaded(`the script ${name} did not load`, { cause: error });
  }
}

/**
 * Has the browser fetch it under its hash. An import alone names none, which the page's policy (Integrity-Policy) forbids; and no script may make an
 * address to load from (trusted types). So its element waits in a `<template>` of the page, and must be exactly the one that is expected.
 */
function fetched(name: string): Promise<void> {
  const { path, integrity } = SCRIPTS[name]!;
  const template = document.getElementById(`script-${name}`);
  const waiting = template instanceof HTMLTemplateElement ? template.content.querySelector("script") : null;
  if (waiting === null || waiting.getAttribute("src") !== path || waiting.integrity !== integrity) throw new Error("not the script that is expected");
  const script = document.importNode(waiting, true);
  return new Promise((done, fail) => {
    script.addEventListener("load", () => done());
    script.addEventListener("error", () => fail(new Error("not there, or not the bytes that are expected")));
    document.head.append(script);
  });
}
