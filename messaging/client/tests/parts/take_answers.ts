/** What the client's transport makes of an answer: the interfaces' operations, with the call that asks for each (docs/interfaces). */

import { readFileSync } from "node:fs";

import { DeskApi } from "../../src/transport/desk.ts";
import { PersonApi } from "../../src/transport/person.ts";
import { Problem } from "../../src/transport/problem.ts";

const ID = "AAAAAAAAAAAAAAAAAAAAAA";
const PROOF = { challenge: "", signature: "" };

type Call<A> = (api: A) => Promise<unknown>;

const PERSON: Readonly<Record<string, Call<PersonApi>>> = {
  getDesk: (api) => api.deskPublicKeys(),
  postChallenge: async (api) => ({ challenge: await api.challenge() }),
  postSession: (api) => api.session({ inbox_id: "", ...PROOF }),
  deleteSession: (api) => api.endSession(),
  postFirstMessage: (api) => api.firstMessage({ kem_public: "", sign_public: "", tag_public: "", opening: "", envelope: "", challenge: "", proof: "" }),
  getInbox: (api) => api.inbox(),
  deleteInbox: (api) => api.erase(),
  postEnvelope: (api) => api.send({ opening: null, envelope: "" }),
  postFirstDraft: (api) => api.keepFirstDraft({ kem_public: "", sign_public: "", tag_public: "", draft: "", challenge: "", proof: "" }),
  getDraft: (api) => api.keptDraft(),
  postDraft: (api) => api.keepDraft(""),
  deleteDraft: (api) => api.deleteDraft(),
  getKept: (api) => api.storedData(),
  getRetention: (api) => api.retention(),
  postRetention: (api) => api.keepFor(null),
  postLiveTicket: (api) => api.liveTicket(1_000),
  getTalk: (api) => api.talk("GET"),
  postTalk: (api) => api.talk("POST"),
  deleteTalk: (api) => api.talk("DELETE"),
};

const DESK: Readonly<Record<string, Call<DeskApi>>> = {
  getMe: (api) => api.me(),
  postVault: (api) => api.vault("", ""),
  postVaultChallenge: async (api) => ({ challenge: await api.vaultChallenge() }),
  postPassphraseRecord: (api) => api.changePassphrase("", PROOF),
  postPasskey: (api) => api.addPasskey("", "", PROOF),
  postPasskeyOut: (api) => api.takePasskeyOut("", PROOF),
  postSheet: (api) => api.sheetMade(),
  postRenewal: (api) => api.renewal("", ""),
  postRenewalSheet: (api) => api.renewalSheetMade(),
  postRenewalDone: (api) => api.renewalDone(PROOF),
  postOwnGrants: (api) => api.handOn([]),
  getCandidates: async (api) => ({ candidates: await api.candidates() }),
  postEpoch: (api) => api.epoch({ statement: "", grants: [] }),
  postConfirmation: (api) => api.confirm(1, ""),
  getConversations: (api) => api.conversations(),
  getConversation: (api) => api.conversation(ID),
  postReply: (api) => api.send(ID, { opening: null, envelope: "" }),
  postClaim: (api) => api.claim(ID),
  postRelease: (api) => api.release(ID),
  postClose: (api) => api.close(ID, { route: "self", actions: [], signposts: [] }),
  postSnooze: (api) => api.snooze(ID, null),
  postStayOn: (api) => api.stayOn(ID),
  postHandOver: (api) => api.handOver(ID, ID),
  postTakeOver: (api) => api.takeOver(ID),
  postFlag: (api) => api.flag(ID, null),
  postFlagOpened: (api) => api.openFlag(ID),
  postBlock: (api) => api.block(ID, null),
  postPresence: async (api) => ({ others: await api.presence(ID, "views") }),
  getColleagues: (api) => api.colleagues(),
  getNotes: (api) => api.notes(ID),
  postNote: (api) => api.writeNote(ID, ""),
  postNoteCarry: (api) => api.carry(`conversations/${ID}/notes`, ""),
  getSavedReplies: (api) => api.savedReplies(),
  postSavedReply: (api) => api.saveReply(""),
  getEarlierReplies: (api) => api.earlierReplies(),
  deleteSavedReply: (api) => api.forgetReply(ID),
  postSavedReplyCarry: (api) => api.carry(`saved-replies/${ID}`, ""),
  getDisclosures: (api) => api.disclosures(ID),
  postDisclosure: (api) => api.proposeDisclosure(ID, { reason: "harm-self", recipient: "police", telling: "told", messages: [], note: "" }),
  postDisclosureStep: (api) => api.stepDisclosure(ID, "withdraw", "", null),
  getWork: (api) => api.workload(),
  postWork: (api) => api.takeAtMost(1),
  postBreak: (api) => api.pause(1),
  getSignals: (api) => api.signals(),
  postConversationTicket: (api) => api.liveTicket(ID, 1_000),
  postBellTicket: (api) => api.bellTicket(1_000),
  postTalks: (api) => api.talks(true),
  postTalkTaken: (api) => api.takeTalk(ID),
  postTalkDeclined: (api) => api.declineTalk(ID),
  postTalkEnded: (api) => api.endTalk(ID),
  postSignals: (api) => api.chooseSignals({ notification: true, sound: true }),
};

interface Asked {
  readonly status: number;
  readonly answer: unknown;
}

let asked: Asked = { status: 200, answer: null };
let request = "";

globalThis.fetch = (address, options) => {
  request = `${options?.method} ${String(address)}`;
  const body = asked.status === 204 ? null : JSON.stringify(asked.answer);
  return Promise.resolve(new Response(body, { status: asked.status, headers: { "Content-Type": "application/json" } }));
};

/** A person's client with a session, which most of its questions need. */
async function person(): Promise<PersonApi> {
  const api = new PersonApi({ base: "/api/v1/" });
  const wanted = asked;
  asked = { status: 201, answer: { token: "token" } };
  await api.session({ inbox_id: "", ...PROOF });
  asked = wanted;
  return api;
}

/** What was asked for, and what was taken of the answer; or where in it the client refused. */
async function outcome(operation: string, one: Asked): Promise<unknown> {
  asked = one;
  try {
    const call = PERSON[operation];
    const taken = call === undefined ? await DESK[operation]!(new DeskApi("token", { base: "/desk/api/" })) : await call(await person());
    return { request, taken: taken ?? null };
  } catch (error) {
    if (error instanceof Problem && error.type === "bad-answer") return { request, refused: error.detail };
    throw error;
  }
}

const questions: readonly { readonly operation: string; readonly answers: readonly Asked[] }[] = JSON.parse(readFileSync(0, "utf8"));
const found: unknown[][] = [];
for (const { operation, answers } of questions) {
  const outcomes: unknown[] = [];
  for (const one of answers) outcomes.push(await outcome(operation, one));
  found.push(outcomes);
}
process.stdout.write(JSON.stringify({ operations: { person: Object.keys(PERSON), desk: Object.keys(DESK) }, found }));
