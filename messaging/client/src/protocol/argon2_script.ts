/** A script of its own: Argon2id by hash-wasm's WebAssembly, which every browser that can loads, and no other. */

import { argon2id as hash } from "hash-wasm";

/** §1.3's Slow: 64 MiB, three passes; about half a second, in which the page stands still. */
export async function argon2id(password: Uint8Array<ArrayBuffer>, salt: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await hash({ password, salt, iterations: 3, parallelism: 1, memorySize: 65_536, hashLength: 32, outputType: "binary" }));
}
