/** Whether the page is open in an app's own browser, whose maker may see what is typed before it is sealed. Looked at here, sent to nobody. PURE. */

// What such browsers put into their name. Android's “wv” is any app's; Line and WeChat name themselves.
const APPS =
  /\bFBAN|\bFBAV|\bFB_IAB|Instagram|Barcelona|musical_ly|Bytedance|BytedanceWebview|TikTok|Snapchat|\bLine\/|MicroMessenger|LinkedInApp|Pinterest\/|TwitterAndroid|Twitter for|; wv\)/u;

/** Whether a browser of this name belongs to an app. */
export function isInApp(userAgent: string): boolean {
  return APPS.test(userAgent);
}
