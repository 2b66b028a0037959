/** The vectors of PROTOCOL §12: the keys of pulses, one alone, and a page's beats. */

import { type Bytes, type Direction, encode, FROM_DESK, FROM_PERSON } from "../../src/protocol/encoding.ts";
import { checkCertificates } from "../../src/protocol/epochs.ts";
import { openDesk, ProtocolError, readAsDesk, readAsPerson } from "../../src/protocol/index.ts";
import { counsellorOf, counsellorSecrets, inboxOf, inboxSecrets } from "../../src/protocol/keys.ts";
import { secretKey } from "../../src/protocol/primitives.ts";
import { desksPulseKeys, type PulseContext, type PulseKeys, personsPulseKeys, pulseKeys, pulseSecrets } from "../../src/protocol/pulse_keys.ts";
import { openPulse, PulseTalk } from "../../src/protocol/pulses.ts";
import { b, type Input, type Kinds, siteOf } from "./vector_keys.ts";

interface Made {
  readonly named: readonly Record<string, unknown>[];
  readonly keys: readonly PulseKeys[];
}

async function keysOf(input: Input): Promise<Made> {
  const site = await siteOf(input);
  const where: PulseContext = {
    site,
    conversation: b(input.conversation),
    openingHash: b(input.opening_hash),
    secret: await secretKey(b(input.secret)),
  };
  const { reader } = input;
  const person = reader.side === "person";
  const { tagging } = person
    ? inboxSecrets(await inboxOf(site, b(reader.inbox_secret)))
    : counsellorSecrets(await counsellorOf(site, b(reader.counsellor_id), b(reader.secret)));
  const named: Record<string, unknown>[] = [];
  const keys: PulseKeys[] = [];
  for (const each of (await checkCertificates(site, input.certificates.map(b))).values()) {
    const theirs = person ? each.tagPublic : b(reader.tag_public);
    const secrets = await pulseSecrets(where, tagging, theirs, each);
    if (secrets === null) continue;
    named.push({ certificate_id: encode(each.id), name: each.displayName, person: encode(secrets[FROM_PERSON]), desk: encode(secrets[FROM_DESK]) });
    keys.push(...(await pulseKeys(where, tagging, theirs, each)));
  }
  return { named, keys };
}

const sideOf = ({ reader }: Input): Direction => (reader.side === "person" ? FROM_PERSON : FROM_DESK);

/** Keys that no script can read are told apart by what they seal. */
async function sealedWith(key: CryptoKey): Promise<string> {
  const iv = new Uint8Array(12);
  return encode(new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new Uint8Array(16))) as Bytes);
}

async function wantedKey(key: string): Promise<string> {
  return sealedWith(await crypto.subtle.importKey("raw", b(key), "AES-GCM", false, ["encrypt"]));
}

/** What is expected, once each key is one that seals as the expected one does. */
async function compared(found: readonly PulseKeys[], expect: Input): Promise<Record<string, unknown>> {
  const keys = found.map(async ({ certificateId, displayName, keys }, place) => {
    const wanted = expect?.keys[place];
    const same = async (direction: Direction, key: string): Promise<string | null> =>
      (await sealedWith(keys[direction])) === (await wantedKey(key)) ? key : null;
    const both = { person: await same(FROM_PERSON, wanted.person), desk: await same(FROM_DESK, wanted.desk) };
    return { certificate_id: certificateId, name: displayName, ...both };
  });
  return { keys: await Promise.all(keys) };
}

export const PULSE_KINDS: Kinds = {
  "pulse-keys": async (input, expect) => {
    const site = await siteOf(input);
    const { reader, answer, today } = input;
    if (reader.side === "person") {
      const inbox = await inboxOf(site, b(reader.inbox_secret));
      return compared(await personsPulseKeys(site, inbox, await readAsPerson(site, inbox, answer, today)), expect);
    }
    const desk = await openDesk(site, await counsellorOf(site, b(reader.counsellor_id), b(reader.secret)), reader.me, today);
    return compared(await desksPulseKeys(site, desk, await readAsDesk(site, desk, answer, today)), expect);
  },

  pulse: async (input) => {
    const { named, keys } = await keysOf(input);
    const theirs = sideOf(input) === FROM_PERSON ? FROM_DESK : FROM_PERSON;
    const [from, pulse] = await openPulse(
      keys.map((each) => each.keys[theirs]),
      b(input.pulse),
    );
    return { keys: named, from, ...pulse, life: encode(pulse.life), echo: encode(pulse.echo) };
  },

  pulses: async (input) => {
    const { keys } = await keysOf(input);
    const drawn: Bytes[] = [input.life, ...input.steps.flatMap(({ random }: Input) => (random === undefined ? [] : [random]))].map(b);
    const talk = new PulseTalk(sideOf(input), keys, (size) => {
      const bytes = drawn.shift();
      if (bytes?.length !== size) throw new Error(`${size} bytes are drawn`);
      return bytes;
    });
    const there = (beat: number): Record<string, unknown> | null => {
      const found = talk.there(beat);
      return found === null ? null : { certificate_id: found.certificateId, flags: found.flags, read: found.read };
    };
    const steps: Record<string, unknown>[] = [];
    for (const step of input.steps) {
      if (step.random !== undefined) {
        steps.push({ pulse: encode(await talk.write(step.beat, step.flags, step.read)), there: there(step.beat) });
        continue;
      }
      const came = await talk.read(step.beat, b(step.pulse)).catch((error: unknown) => {
        if (error instanceof ProtocolError) return error.name;
        throw error;
      });
      steps.push({ came, there: there(step.beat) });
    }
    return { steps };
  },
};
