/** Talking to the server: PROTOCOL §7 for a person, §8 for the desk. */

export { Bell } from "./bell.ts";
export { countStart } from "./count.ts";
export { DeskApi } from "./desk.ts";
export type { Options } from "./http.ts";
export { PersonApi } from "./person.ts";
export { Problem, type ProblemType } from "./problem.ts";
