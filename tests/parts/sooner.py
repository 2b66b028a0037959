"""By day an open desk asks every two seconds what it asks every five for people, and says every three that someone is there.

So a test waits two seconds for what a colleague did. Nothing else is quicker: shorter and longer pauses stay as they are, and so does
the clock. By night everything takes as long as it does for people.
"""

from playwright.sync_api import BrowserContext

# The pauses of `polling.ts` and `presence.ts` in the client, in milliseconds, and what is waited instead.
SOONER = {5_000: 2_000, 8_000: 3_200}
SCRIPT = """(() => {
  const own = globalThis.setTimeout;
  globalThis.setTimeout = (call, pause, ...given) => own(call, SOONER[pause] ?? pause, ...given);
})();"""


def ask_sooner(context: BrowserContext) -> None:
    """For every page that this context will open."""
    context.add_init_script(SCRIPT.replace("SOONER", f"({SOONER})"))
