/* Minutebook: the words of a text as publish/search/terms.py takes them, and what somebody typed as things to look for. */
import { fold } from "../words.js";

// signs such as ™ and № fold to letters, and so do two of money, ₨ and ﷼
const RUN = /[\p{L}\p{N}\p{So}₨﷼][\p{L}\p{N}\p{So}\p{M}₨﷼]*(?:['’ʼ‘\-‐‑]\p{M}*[\p{L}\p{N}\p{So}₨﷼][\p{L}\p{N}\p{So}\p{M}₨﷼]*)*/gu;
const FOLDED = /[\p{L}\p{N}]+(?:['’ʼ‘\-‐][\p{L}\p{N}]+)*/gu;
const APOSTROPHE = /['’ʼ‘]/u;
const HYPHEN = /[-‐]/u;

/** The words of a text in order: {word, also, printed, at}. "Children's" -> childrens (children), "multi-agency" -> multi (multiagency), agency. */
export function words(text, letters) {
  const out = [];
  for (const run of text.matchAll(RUN)) {
    const printed = run[0].split(/[-‐‑]/u), runs = fold(run[0], letters).match(FOLDED) ?? [];
    const alike = runs.length === 1 && runs[0].split(HYPHEN).length === printed.length;
    let at = run.index;
    runs.forEach((folded, n) => folded.split(HYPHEN).forEach((part, k, parts) => {
      const bits = part.split(APOSTROPHE);
      const also = bits.length > 1 ? bits.filter((bit) => bit.length > 1) : [];
      if (!k && parts.length > 1) also.push(parts.join("").replace(/['’ʼ‘]/gu, ""));
      // where letters fold to a sign that parts words ("½" to "1⁄2") the first of them stands for all that is printed
      const own = alike ? printed[k] : n || k ? "" : run[0];
      out.push({ word: bits.join(""), also, printed: own, at, end: at + own.length, run: `${run.index} ${n}` });
      at += alike ? own.length + 1 : own.length;
    }));
  }
  return out;
}

/** Whether this reads as initials or an acronym: one word of capitals, with small letters between at most. */
function isShort(printed) {
  const letters = [...printed].filter((c) => /\p{L}/u.test(c));
  const capitals = letters.filter((c) => /\p{Lu}/u.test(c)).length;
  return capitals > 1 && capitals * 2 >= letters.length;
}

/**
 * What to look for in what was typed: units, all of which a place has to have.
 *
 *   {typed, phrase: [word, ...]}                                     in quotation marks: side by side, as they are
 *   {typed, word, ways: [[word], [other], [one, two]], short, last}  a word, what may stand in its place; initials; being typed
 *
 * `beside` are the pairs that are typed side by side. Words that no question is about (`stop`) are left out, unless there are
 * no others.
 */
export function units(typed, { fold: letters, stop }) {
  const found = [], order = [];
  const none = new Set(stop);
  const parts = typed.split(/["“”„»«]/u);
  parts.forEach((part, n) => {
    const there = words(part, letters), quoted = n % 2 && n < parts.length - 1; // a mark that nothing closes is none
    if (quoted) {
      if (there.length) found.push({ typed: `“${part.trim()}”`, phrase: there.map((w) => w.word) });
      order.push("");
      return;
    }
    const open = n === parts.length - 1 && !/[\s,.;:!?)]$/u.test(part);
    for (let k = 0; k < there.length; k += 1) {
      const run = there.filter((w) => w.run === there[k].run), one = there[k];
      const last = open && k + run.length === there.length;
      const short = run.length === 1 && isShort(one.printed);
      const ways = run.length > 1 ? [run.map((w) => w.word), [one.also.at(-1)]] : [[one.word], ...one.also.map((w) => [w])];
      found.push({ typed: run.map((w) => w.printed).join("-"), word: run.map((w) => w.word).join("-"), ways, short, last, stop: !short && run.length === 1 && none.has(one.word) });
      order.push(...run.map((w) => w.word));
      k += run.length - 1;
    }
    order.push("");
  });
  const about = found.filter((unit) => !unit.stop);
  const pairs = order.slice(1).map((word, k) => [order[k], word]).filter(([a, b]) => a && b && !(none.has(a) && none.has(b)));
  return { units: about.length ? about : found, pairs: pairs.slice(0, 6).map((pair) => pair.join(" ")) };
}
