/** What the installation's own script says (`/static/client/installation.js`, PROTOCOL §11.2), which stands in this one's place in every bundle.
 *
 * Here it is nobody's: tests that run without a page have no root. */

/** The root's public key, base64url. */
export const ROOT: string = "";
/** The day on which the release was signed, YYYY-MM-DD; "" where none is. */
export const MADE_ON: string = "";
/** The newest epoch of the desk when the release was signed, `number.hash`; "" where there is no release, or was no epoch. */
export const NEWEST: string = "";
/** By how many seconds a demonstration's clock is moved; 0 in every other. */
export const MOVED: number = 0;
