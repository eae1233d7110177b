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

const DATE = /(?<![\p{L}\p{N}])(?:(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})([./-])(\d{1,2})\5(\d{4}))(?![\p{L}\p{N}])/gu;
const DAY = 864e5;
const MOST = 32; // things that one question asks for

/** The days that a date in figures may mean, in days since 1970: "4/5/2021" is one in April or one in May. */
function days([, year, month, day, first, , second, last]) {
  const ways = year ? [[year, month, day]] : [[last, second, first], [last, first, second]];
  return ways.flatMap(([y, m, d]) => {
    const date = new Date(Date.UTC(y, m - 1, d));
    return date.getUTCMonth() === m - 1 && date.getUTCDate() === Number(d) ? [date.getTime() / DAY] : [];
  });
}

/**
 * What to look for in what was typed: units, all of which a place has to have.
 *
 *   {typed, phrase: [word, ...]}                                     in quotation marks: side by side, as they are
 *   {typed, word, ways: [[word], [other], [one, two]], short, last}  a word, what may stand in its place; initials; being typed
 *     joined   the word and a neighbour as one, where that may be meant: "lamp post" is "lamppost" too
 *     title    whether it may stand in front of a name, and something follows
 *     parts    units of what hyphens join
 *   {typed, ways, days}                                              a date in figures: meetings of that day too
 *
 * `beside` are the pairs that are typed side by side. Words that no question is about (`stop`) are left out, unless there are
 * no others.
 */
export function units(typed, { fold: letters, stop, titles = [] }) {
  const found = [], order = [];
  const none = new Set(stop), called = new Set(titles);
  const parts = typed.split(/["“”„»«]/u);
  parts.forEach((part, n) => {
    const there = words(part, letters), quoted = n % 2 && n < parts.length - 1; // a mark that nothing closes is none
    if (quoted) {
      if (there.length) found.push({ typed: `“${part.trim()}”`, phrase: there.map((w) => w.word) });
      order.push("");
      return;
    }
    const open = n === parts.length - 1 && !/[\s,.;:!?)]$/u.test(part);
    const dates = [...part.matchAll(DATE)].map((match) => ({ from: match.index, to: match.index + match[0].length, days: days(match), typed: match[0] }));
    for (let k = 0; k < there.length; k += 1) {
      const date = dates.find(({ from, to, days: meant }) => meant.length && from <= there[k].at && there[k].at < to);
      if (date) {
        const inside = there.filter((w) => w.at >= date.from && w.at < date.to);
        found.push({ typed: date.typed, ways: [inside.map((w) => w.word)], days: date.days });
        order.push(...inside.map((w) => w.word));
        k += inside.length - 1;
        continue;
      }
      const run = there.filter((w) => w.run === there[k].run), one = there[k];
      const last = open && k + run.length === there.length;
      const short = run.length === 1 && isShort(one.printed);
      const ways = run.length > 1 ? [run.map((w) => w.word), [one.also.at(-1)]] : [[one.word], ...one.also.map((w) => [w])];
      const unit = {
        typed: run.map((w) => w.printed).join("-"), word: run.map((w) => w.word).join("-"), ways, short, last, joined: [],
        stop: !short && run.length === 1 && none.has(one.word), title: run.length === 1 && called.has(one.word) && k + 1 < there.length,
      };
      if (run.length > 1) unit.parts = run.map((w) => ({ typed: w.printed, word: w.word, ways: [[w.word]], short: isShort(w.printed), last: false }));
      const before = k && found.at(-1);
      if (before?.joined && !before.parts && !unit.parts && !before.stop) {
        for (const side of [before, unit]) side.joined.push(before.word + unit.word);
      }
      found.push(unit);
      order.push(...run.map((w) => w.word));
      k += run.length - 1;
    }
    order.push("");
  });
  const about = once(found.filter((unit) => !unit.stop));
  const pairs = order.slice(1).map((word, k) => [order[k], word]).filter(([a, b]) => a && b && !(none.has(a) && none.has(b)));
  return { units: about.length ? about : once(found), pairs: pairs.slice(0, 6).map((pair) => pair.join(" ")) };
}

/** Units, each once: the same word twice asks for no more, and of a pasted text the beginning has to do. */
function once(all) {
  const known = new Map();
  for (const unit of all) {
    const key = unit.phrase ? `“${unit.phrase.join(" ")}` : `${unit.ways.join(" ")} ${unit.short}`;
    const same = known.get(key);
    if (!same) known.set(key, unit);
    else if (unit.last) same.last = true;
  }
  return [...known.values()].slice(0, MOST);
}
