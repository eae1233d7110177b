/* Minutebook: text of the minutes as a reader should see it in a result, with what was looked for marked. Nodes, never HTML. */
import { words } from "./words.js";

const LONG = 30; // words of a snippet
const LEAD = 8; // words before the first that is marked
const LINE = 8; // words of which a sentence has more, and a label fewer

/** What tells whether a word, and which words together, were looked for. `found` is what `find` in engine.js says. */
function matcher(found) {
  const single = found.filter((unit) => !unit.phrase).map((unit) => ({ unit, set: unit.found }));
  const phrases = found.filter((unit) => unit.phrase);
  return {
    phrases,
    /** Which of the units a word is, by number. */
    of: ({ word, also, printed }) => single.flatMap(({ set, unit }, k) => {
      const capitals = printed.length > 1 && printed !== printed.toLowerCase() && set.has(`=${word}`);
      return capitals || set.has(word) || also.some((w) => set.has(w)) || (unit.ways.length > 1 && unit.ways.flat().includes(word)) ? [k] : [];
    }),
  };
}

/** Names as something to look for, so that a snippet shows where they stand, as printed or by initials. */
export const asPhrases = (names, letters) => names.map((name) => ({ phrase: words(name, letters).map(({ word }) => word) }));

/**
 * A paragraph in atoms: {text} between words, {text, words, title, others} for a word, or for what stands for somebody, who
 * `others` call otherwise.
 */
function atoms(paragraph, letters) {
  const out = [];
  for (const piece of typeof paragraph === "string" ? [paragraph] : paragraph) {
    if (typeof piece !== "string") {
      const [text, title, others] = piece;
      out.push({ text, title, words: words(text, letters), others: words(others, letters) });
      continue;
    }
    let at = 0;
    for (const word of words(piece, letters)) {
      if (word.end <= at) continue;
      if (word.at > at) out.push({ text: piece.slice(at, word.at) });
      out.push({ text: piece.slice(word.at, word.end), words: [word] });
      at = word.end;
    }
    if (at < piece.length) out.push({ text: piece.slice(at) });
  }
  return out;
}

/** Note in each atom which units it is (`hits`). */
function mark(all, match) {
  const said = all.filter((atom) => atom.words?.length);
  for (const atom of said) {
    atom.own = atom.words.filter((word) => match.of(word).length);
    atom.hits = new Set([...atom.words, ...(atom.others ?? [])].flatMap(match.of));
  }
  match.phrases.forEach(({ phrase }, k) => {
    for (let at = 0; at < said.length; at += 1) {
      const length = begins(said.slice(at, at + phrase.length), phrase);
      for (let n = 0; n < length; n += 1) said[at + n].hits.add(`phrase ${k}`);
    }
  });
}

/** How many of the atoms a phrase begins with, or 0: each as printed, or as what it stands for. */
function begins(said, phrase) {
  let ways = [0]; // how many words of the phrase are used
  for (let n = 0; n < said.length; n += 1) {
    const forms = [said[n].words, said[n].title ? said[n].others : []].map((form) => form.map(({ word }) => word)).filter((f) => f.length);
    ways = ways.flatMap((used) => forms.flatMap((form) => {
      const rest = phrase.slice(used, used + form.length);
      // a name may begin before the phrase does, and end behind it
      const tail = used ? -1 : form.findIndex((_, k) => k && form.slice(k).every((word, i) => word === phrase[i]));
      if (rest.every((word, i) => word === form[i])) return [used + rest.length];
      return tail > 0 ? [form.length - tail] : [];
    }));
    if (ways.some((used) => used >= phrase.length)) return n + 1;
    if (!ways.length) return 0;
  }
  return 0;
}

/** Whether a row really has a phrase of more than two words: the index knows only which two stand side by side. */
export function holds(row, found, letters) {
  const long = found.filter(({ phrase }) => phrase?.length > 2);
  if (!long.length) return true;
  const there = [row.title, ...row.text].map((paragraph) => atoms(paragraph, letters).filter((atom) => atom.words?.length));
  return long.every(({ phrase }) => there.some((said) => said.some((_, at) => begins(said.slice(at, at + phrase.length), phrase))));
}

/** The stretch of a paragraph that has the most of what was looked for: [how much, from, to], in atoms. */
function stretch(all) {
  const places = all.flatMap((atom, k) => (atom.words ? [k] : []));
  const hits = places.flatMap((k, n) => (all[k].hits?.size ? [n] : []));
  let best = [0, 0, Math.min(LONG, places.length) - 1];
  for (const first of hits) {
    const end = first + LONG - LEAD;
    const inside = hits.filter((n) => n >= first && n < end);
    const kinds = new Set(inside.flatMap((n) => [...all[places[n]].hits]));
    const much = kinds.size * 100 + inside.length + (places.length > LINE ? 10 : 0);
    if (much > best[0]) best = [much, first > LEAD + 3 ? first - LEAD : 0, Math.min(places.length, end) - 1];
  }
  if (!places.length) return [0, 0, all.length];
  const [much, from, to] = best;
  // with what stands before the first word and behind the last one, where they are the paragraph's
  return [much, from ? places[from] : 0, to < places.length - 1 ? places[to] + 1 : all.length];
}

/** What a result shows of its text: {node, marked (the words that are marked, as printed)}. */
export function snippet(row, found, letters) {
  const match = matcher(found);
  const paragraphs = row.text.map((paragraph) => atoms(paragraph, letters));
  let best = [-1, 0, 0], chosen = [];
  const marked = new Set();
  for (const all of paragraphs) {
    mark(all, match);
    for (const { hits, own, text } of all) if (hits?.size) for (const one of own.length ? own.map((w) => w.printed) : [text]) marked.add(one);
    const found_ = stretch(all);
    if (found_[0] > best[0]) [best, chosen] = [found_, all];
  }
  const node = document.createDocumentFragment();
  const [, from, to] = best;
  if (from) node.append("… ");
  for (const atom of chosen.slice(from, to)) put(atom, node);
  if (to < chosen.length) node.append(" …");
  return { node, marked: [...marked] };
}

function put({ text, title, hits, own, words: all }, parent) {
  if (own?.length && own.length < all.length) return parts(text, own, parent);
  let node = document.createTextNode(text);
  if (title) {
    node = element("abbr", "", node);
    node.title = title;
  }
  parent.append(hits?.size ? element("mark", "", node) : node);
}

/** A name of which some words are marked. */
function parts(text, own, parent) {
  let at = 0;
  for (const word of own) {
    parent.append(text.slice(at, word.at), element("mark", "", text.slice(word.at, word.end)));
    at = word.end;
  }
  parent.append(text.slice(at));
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
export function place(row) {
  const where = row.item ? `${row.item}, ${row.name}` : row.about || (row.name === row.title ? "" : row.name);
  return [NOUN[row.kind], where].filter(Boolean).join(" · ");
}
