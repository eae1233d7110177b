/* Minutebook: answers questions from the files of the index.
 *
 * A question is {q, sort, kind: [], body: [], from, to, person: [], organisation: [], topic: []}.
 */
import { KINDS, withIndex } from "./data.js";
import { besides, look, scored } from "./look.js";
import { near } from "./near.js";
import { PROFILES, narrowed, ordered, profiles, sift, tests } from "./sift.js";
import { units, words } from "./words.js";

const PLACES = ["meeting", "item", "action", "decision", "page"];
const OF_KIND = { meeting: 0.7, page: 0.8 }; // what a match counts there
const NOTHING = { found: [], missing: [], nearby: [], some: false };

/**
 * The answer to a question: {results (numbers of records, see `ordered`), counts (facet -> [[value, number]]; `every` are all years), found (what was
 * looked for, with the words of the index that it means), some (whether they have only some of it, since none has all),
 * missing (words that nothing has), nearby (what may have been meant by those), read(numbers) (what results say: numbers mean
 * something in the index that was asked only)}.
 *
 * With `kinds` only such are found; `strict` ones have all that was looked for; `begun` takes each word for a beginning.
 */
export const find = (question, { kinds, strict = false, begun = false } = {}) => withIndex(async (index) => {
  const { columns } = index, read = (numbers) => withIndex(() => index.rows(numbers), index);
  const asked = units(question.q ?? "", index.manifest);
  const [test, heard] = await Promise.all([tests(index, question, kinds), kinds ? [] : profiles(index)]);
  const newest = (a, b) => columns.day[b] - columns.day[a] || a - b;
  if (!asked.units.length) {
    const { counts, passed } = sift(index, new Uint8Array(columns.count).fill(1), test, heard);
    return { ...NOTHING, read, results: ordered(narrowed(question) ? passed : [], newest), counts: { ...counts, every: columns.everyYear } };
  }
  const looked = await lookedFor(index, asked.units, begun);
  const needed = looked.filter(({ spare }) => !spare).length;
  let least = needed, score = scored(looked, columns.count, least), answer = sift(index, score, test, heard);
  while (!strict && !answer.passed.length && least > 1) {
    score = scored(looked, columns.count, least -= 1);
    answer = sift(index, score, test, heard);
  }
  await besides(index, asked.pairs, score);
  for (const r of answer.passed) score[r] *= OF_KIND[KINDS[columns.kind[r]]] ?? 1;
  const better = (a, b) => score[b] - score[a] || newest(a, b);
  const lacking = looked.filter(({ number, spare }) => !number && !spare);
  return {
    read,
    results: ordered(answer.passed, question.sort === "newest" ? newest : better),
    counts: { ...answer.counts, every: columns.everyYear },
    found: looked.filter(({ spare }) => !spare).map(({ unit, found }) => ({ ...unit, found })),
    some: least < needed,
    missing: [...new Set(lacking.map(({ unit }) => unit.typed))],
    nearby: strict ? [] : await near(index, lacking),
  };
});

/**
 * Units, looked for. Where no place has what hyphens join, its parts are looked for; and a title in front of a name that
 * nobody bears in that way, "Mr" say, is nothing that a place has to have.
 */
async function lookedFor(index, units_, begun) {
  const each = await Promise.all(units_.map(async (unit) => {
    const whole = await look(index, unit, begun);
    return whole.number || !unit.parts ? [whole] : Promise.all(unit.parts.map((part) => look(index, part, begun)));
  }));
  const { columns } = index, person = KINDS.indexOf("person"), looked = each.flat();
  const anybody = (test) => columns.kind.some((kind, r) => kind === person && test(r));
  looked.forEach((one, k) => {
    const next = looked[k + 1];
    if (!one.unit.title || !next || next.unit.phrase) return;
    one.spare = anybody((r) => next.best[r]) && !anybody((r) => next.best[r] && one.best[r]);
  });
  return looked;
}

/** The letters that words are folded with. */
export const letters = () => withIndex((index) => index.manifest.fold);

/** The best `n` places in the record, as rows, with what was looked for. */
export async function places(q, n) {
  const { results, found, read } = await find({ q }, { kinds: PLACES, strict: true });
  return { rows: await read(results.from(0, n)), found };
}

/**
 * The first `n` people, organisations and topics (or of one kind) that what was typed names, in full or in part, by any form
 * of the name, as rows.
 */
export async function named(q, n, kinds = PROFILES) {
  const fold_ = await letters();
  const sought = words(q, fold_).map((w) => w.word);
  if (!sought.length) return [];
  const there = await called(q, sought, n, kinds, fold_);
  if (there.length || sought.length < 2) return there;
  const { titles } = await withIndex((index) => index.manifest);
  let first = 0;
  while (first < sought.length - 1 && titles.includes(sought[first])) first += 1;
  return first ? called(sought.slice(first).join(" "), sought.slice(first), n, ["person"].filter((kind) => kinds.includes(kind)), fold_) : [];
}

/** The profiles that some words name. */
async function called(q, sought, n, kinds, fold_) {
  const { results, read } = await find({ q }, { kinds, strict: true, begun: true });
  const rows = await read(results.from(0, 24));
  const ranked = rows.map((row, k) => [rank(row, sought, fold_), k, row]).filter(([place]) => place < 9);
  ranked.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return ranked.slice(0, n).map(([, , row]) => row);
}

/** How well a profile's name is what was typed: 0 is the name, 1 another form of it, 2 its beginning, 3 a part; 9 none of these. */
function rank(row, sought, fold_) {
  const all = [row.title, ...row.text.slice(0, row.forms)];
  return Math.min(...all.map((form, k) => {
    const there = words(form, fold_).flatMap((w) => [w.word, ...w.also]);
    const plain = words(form, fold_).map((w) => w.word);
    if (plain.join(" ") === sought.join(" ")) return k ? 1 : 0;
    if (!sought.every((word) => there.some((w) => w.startsWith(word)))) return 9;
    return plain.join(" ").startsWith(sought.join(" ")) ? 2 : 3;
  }));
}
