/** What the template tells the script about this page. */

import { NEWEST, ROOT } from "#installation";
import { type Bytes, decode, openSite, type Site } from "../../protocol/index.ts";
import { Bell, DeskApi } from "../../transport/index.ts";

export interface DeskPage {
  readonly main: HTMLElement;
  /** Where the script builds; empty when the page has no such part for this account. */
  readonly app: HTMLElement;
  readonly site: Site;
  readonly counsellorId: Bytes;
  readonly name: string;
  /** The account's passkeys, by the base64url of their credential ids. */
  readonly passkeys: readonly string[];
  /** The hours in which messages are answered, in words. */
  readonly hours: string;
  /** Rings when a list changes; null where the installation has no hub. */
  readonly bell: Bell | null;
  /** Whether the installation has live talk. */
  readonly talks: boolean;
  /** Changes when the CSRF token does, after signing in again in another tab. */
  api: DeskApi;
}

/** Throws a ProtocolError when the installation has no root key. */
export async function readPage(main: HTMLElement, app: HTMLElement): Promise<DeskPage> {
  const { counsellor = "", name = "", passkeys = "", hours = "", csrf = "", live, talks } = main.dataset;
  const page: DeskPage = {
    main,
    app,
    site: await openSite(ROOT, window.location.origin, NEWEST),
    counsellorId: decode(counsellor, 16),
    name,
    passkeys: passkeys.split(" ").filter((one) => one !== ""),
    hours,
    bell: live === undefined ? null : new Bell((patience) => page.api.bellTicket(patience).then(({ ticket }) => ticket)),
    talks: talks !== undefined,
    api: new DeskApi(csrf),
  };
  return page;
}

/** After signing in again elsewhere: takes the new session's token out of a fresh copy of this page. Throws when it is someone else's. */
export async function renewSession(page: DeskPage): Promise<void> {
  const answer = await fetch(window.location.href, { cache: "no-store", credentials: "same-origin", redirect: "manual" });
  const csrf = answer.ok ? /\sdata-csrf="([A-Za-z0-9]+)"/.exec(await answer.text())?.[1] : undefined;
  if (csrf === undefined) throw new Error("not signed in");
  const api = new DeskApi(csrf);
  const me = await api.me();
  if (decode(me.counsellor_id, 16).some((byte, index) => byte !== page.counsellorId[index])) throw new Error("somebody else");
  page.api = api;
}
