/** Where the sockets of live lines are (PROTOCOL §12.7): at the page's own origin. */
export function liveAddress(): string {
  const address = new URL("/live/socket", window.location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  return address.href;
}
