/**
 * The title says "Error:" in front while a field of the page is marked as wrong, as the pages that the server writes do.
 *
 * It is read off the page: whoever marks a field, or takes it away with what it stood in, need not think of the title.
 */

const MARK = "Error: ";

/** Begins to watch, for as long as the page is there. */
export function watchFaults(): void {
  // What the server refused stays named until the page is loaded again.
  if (document.title.startsWith(MARK)) return;
  const look = (): void => {
    const isRefused = document.querySelector('main [aria-invalid="true"]') !== null;
    if (document.title.startsWith(MARK) === isRefused) return;
    document.title = isRefused ? `${MARK}${document.title}` : document.title.slice(MARK.length);
  };
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributeFilter: ["aria-invalid"] });
}
