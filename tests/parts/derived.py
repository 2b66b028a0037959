"""By day a browser computes the slow key of the same words or passphrase once a run, and later takes what it computed then.

Argon2id takes half a second of computing, on purpose: a fifth of a test at the desk. What is kept is named by its first block, which is
made of the password, the salt and every parameter; so another passphrase finds nothing. All that a page does with the key is always real,
and by night, or where traffic is recorded, the key is too.
"""

import json

from playwright.sync_api import BrowserContext

# By the first half of the first block: the last one. Those that were not asked for longest go.
DERIVED: dict[str, str] = {}
MOST = 40
SCRIPT = """(known) => {
  if (typeof WebAssembly !== "object") return;
  const real = WebAssembly.instantiate;
  const text = (bytes) => btoa(String.fromCharCode(...bytes));
  const tell = (name, block) => globalThis.derivedOnce?.(name, block).catch(() => {});
  WebAssembly.instantiate = async (...asked) => {
    const made = await real(...asked);
    const own = made.exports;
    if (own?.Hash_Calculate === undefined) return made;
    const calculate = (...given) => {
      const memory = new Uint8Array(own.memory.buffer), start = own.Hash_GetBuffer();
      if (memory.length < 2 ** 26) return own.Hash_Calculate(...given);
      const name = text(memory.subarray(start, start + 512));
      const block = known[name];
      if (block === undefined) own.Hash_Calculate(...given);
      else memory.set(Uint8Array.from(atob(block), (sign) => sign.charCodeAt(0)), start);
      known[name] = block ?? text(memory.subarray(start, start + 1024));
      tell(name, known[name]);
    };
    return { exports: { ...own, Hash_Calculate: calculate } };
  };
}"""


def remember_slow_keys(context: BrowserContext) -> None:
    """For every page that this context will open."""

    def told(_source: object, name: str, block: str) -> None:
        DERIVED.pop(name, None)
        DERIVED[name] = block
        if len(DERIVED) > MOST:
            del DERIVED[next(iter(DERIVED))]

    context.expose_binding("derivedOnce", told)
    context.add_init_script(f"({SCRIPT})({json.dumps(DERIVED)});")
