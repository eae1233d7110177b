/* Minutebook: text of the index as a reader should see it. Nodes, never HTML: the words come from minutes.
 *
 * Other words are hung on some (see publish/search/words.py): "HM[+Harbour+Master]" is shown as an abbreviation,
 * "Master{+HM}" as "Master". An invisible sign behind the bracket tells ours from what minutes and pages hold.
 */
const HUNG = /([\p{L}\p{N}]+)\[\u2063\+([^\]\s]*)\]|\[\u2063\+[^\]\s]*\]|\{\u2063\+[^}\s]*\}/gu;

const squashed = (word) => word.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();

/** The words for a title, without the second spelling that some have in lower case. */
function title(printed, hung) {
  const words = hung.split("+");
  return words
    .filter((w, k) => w !== w.toLowerCase() || ![printed, ...words].some((o, n) => n !== k + 1 && o !== w && squashed(o) === w))
    .join(" ");
}

function put(text, parent) {
  let at = 0;
  for (const m of text.matchAll(HUNG)) {
    parent.append(text.slice(at, m.index));
    if (m[1]) {
      const abbr = document.createElement("abbr");
      abbr.title = title(m[1], m[2]);
      abbr.textContent = m[1];
      parent.append(abbr);
    }
    at = m.index + m[0].length;
  }
  parent.append(text.slice(at));
}

/** Pagefind's excerpt, which is text with `<mark>` around what was found, as nodes. */
export function snippet(excerpt) {
  const out = document.createDocumentFragment();
  let parent = out;
  for (const part of excerpt.split(/(<\/?mark>)/)) {
    if (part === "<mark>") {
      parent = document.createElement("mark");
      out.append(parent);
    } else if (part === "</mark>") {
      parent = out;
    } else {
      put(part.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&"), parent);
    }
  }
  return out;
}

/** An element with a class, and text or nodes in it. */
export function element(tag, name, ...children) {
  const e = document.createElement(tag);
  if (name) e.className = name;
  e.append(...children.filter((c) => c !== undefined && c !== ""));
  return e;
}

export const NOUN = {
  meeting: "Meeting", item: "Item", action: "Action", decision: "Decision",
  person: "Person", organisation: "Organisation", topic: "Topic", page: "About this archive",
};

/** A result's second line: what it is, and where it stands. */
export function place(hit) {
  const where = hit.item ? `${hit.item}, ${hit.meeting}` : hit.meeting ?? hit.about;
  return [NOUN[hit.kind], where].filter(Boolean).join(" · ");
}
