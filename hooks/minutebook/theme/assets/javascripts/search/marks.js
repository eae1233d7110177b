/* Minutebook: the words of a search, marked at the place to which a result leads.
 *
 * The address of a place stays what it is, to be cited and sent. So the words are left for the page in this browser's storage,
 * where it takes them away again; and they are marked without a change of the page (the CSS custom highlights of a browser that
 * has them).
 */
const KEY = "minutebook-marks";
const FRESH = 60e3; // milliseconds for which words wait for their page

/** Have a link leave words for the page to which it leads, as they are printed there. */
export function remember(link, words) {
  const leave = (event) => {
    if (event.type === "auxclick" && event.button !== 1) return;
    try {
      localStorage.setItem(KEY, JSON.stringify({ page: new URL(link.href).pathname, words: words.slice(0, 40), at: Date.now() }));
    } catch { /* a browser that keeps nothing marks nothing */ }
  };
  link.addEventListener("click", leave);
  link.addEventListener("auxclick", leave);
}

/** The words that were left for this page. */
export function left() {
  try {
    const { page, words, at } = JSON.parse(localStorage.getItem(KEY));
    if (page !== location.pathname || Date.now() - at > FRESH) return [];
    localStorage.removeItem(KEY);
    return words;
  } catch {
    return [];
  }
}

/** Mark words on the page. */
export function show(words) {
  const content = document.querySelector(".md-content");
  if (!words.length || !content || !globalThis.CSS?.highlights) return;
  const sought = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.map(escaped).join("|")})(?![\\p{L}\\p{N}])`, "giu");
  const texts = document.createTreeWalker(content, NodeFilter.SHOW_TEXT);
  const ranges = [];
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    for (const found of text.data.matchAll(sought)) {
      const range = new Range();
      range.setStart(text, found.index);
      range.setEnd(text, found.index + found[0].length);
      ranges.push(range);
    }
  }
  CSS.highlights.set("minutebook", new Highlight(...ranges));
}

const escaped = (word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
