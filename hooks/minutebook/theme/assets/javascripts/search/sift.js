/* Minutebook: what narrows a question, how many results each choice would leave, and the order of results. */
import { fold } from "../words.js";
import { KINDS, NO_BODY, records } from "./data.js";

export const PROFILES = ["person", "organisation", "topic"];
const FIRST = 200; // results that are put in order at once

/** Whether a question asks for anything besides its words. */
export const narrowed = ({ kind, body, from, to, ...others }) => Boolean(
  kind?.length || body?.length || from || to || PROFILES.some((facet) => others[facet]?.length),
);

/** Under what a value of a facet stands in the index. */
function key(index, facet, value) {
  const words = fold(value, index.manifest.fold).match(/[\p{L}\p{N}]+/gu) ?? [];
  return [facet, ...words].join(" ");
}

/** The entry of a value of a facet: which records have it. */
const entry = (index, facet, value) => index.posting("facets", key(index, facet, value));

/** How many of some values each record has. */
async function having(index, facet, values) {
  const times = new Uint8Array(index.columns.count);
  const each = await Promise.all(values.map((value) => entry(index, facet, value)));
  for (const found of each) for (const r of found ? records(found) : []) times[r] += 1;
  return times;
}

const heard = new WeakMap(); // an index -> its profiles by body, taken apart once

/** The profiles of each body, by its number: a meeting has one body, and a profile all in whose minutes it is heard of. */
export function profiles(index) {
  if (!heard.has(index)) heard.set(index, ofBodies(index));
  return heard.get(index);
}

async function ofBodies(index) {
  const { bodies, body } = index.columns;
  if (bodies.length < 2) return []; // one is no choice
  const entries = new Map(await index.stretch("facets", "body ", Infinity));
  const found = bodies.map((name) => entries.get(key(index, "body", name)));
  return found.map((entry_) => (entry_ ? [...records(entry_)].filter((r) => body[r] === NO_BODY) : []));
}

/** What narrows a question, as tests of a record; `kinds` are those that may be found at all. */
export async function tests(index, question, kinds) {
  const { columns } = index;
  const facets = PROFILES.filter((facet) => question[facet]?.length);
  const held = await Promise.all(facets.map((facet) => having(index, facet, question[facet])));
  const wanted = facets.map((facet) => question[facet].length); // several people mean all of them
  const numbers = (names, all) => names?.length && new Set(names.map((name) => all.indexOf(name)));
  const bodies = numbers(question.body, columns.bodies), chosen = numbers(question.kind, KINDS), only = numbers(kinds, KINDS);
  const heard = bodies && await having(index, "body", question.body); // profiles may be of several
  const { from, to } = question;
  return {
    all: (r) => held.every((times, k) => times[r] === wanted[k]) && (!only || only.has(columns.kind[r])),
    kind: (r) => !chosen || chosen.has(columns.kind[r]),
    body: (r) => !bodies || (columns.body[r] === NO_BODY ? heard[r] > 0 : bodies.has(columns.body[r])),
    year: (r) => (!from || columns.years[r] >= from) && (!to || (columns.years[r] > 0 && columns.years[r] <= to)),
  };
}

/** Of the records that have a score: what passes, and how many of each kind, body (with its `profiles`) and year there are. */
export function sift({ columns }, score, test, heard = []) {
  const kinds = new Uint32Array(KINDS.length), bodies = new Uint32Array(columns.bodies.length), years = new Map(), passed = [];
  for (let r = 0; r < columns.count; r += 1) {
    if (!score[r] || !test.all(r)) continue;
    const kind = test.kind(r), body = test.body(r), year = test.year(r);
    // what another value of a facet would give is known without the one that is chosen
    if (body && year) kinds[columns.kind[r]] += 1;
    if (kind && year && columns.body[r] !== NO_BODY) bodies[columns.body[r]] += 1;
    if (kind && body && columns.years[r]) years.set(columns.years[r], (years.get(columns.years[r]) ?? 0) + 1);
    if (kind && body && year) passed.push(r);
  }
  heard.forEach((numbers, body) => {
    for (const r of numbers) if (score[r] && columns.body[r] === NO_BODY && test.all(r) && test.kind(r) && test.year(r)) bodies[body] += 1;
  });
  const named = (names, numbers) => [...numbers].map((n, k) => [names[k], n]).filter(([, n]) => n);
  return { passed, counts: { kind: named(KINDS, kinds), body: named(columns.bodies, bodies), year: [...years] } };
}

/** Records in an order, as far as they are asked for: {length, from(start, end)}. */
export function ordered(passed, before) {
  let sorted = 0;
  return {
    length: passed.length,
    from(start, end) {
      if (end > sorted && sorted < passed.length) {
        if (sorted || passed.length <= FIRST * 10) passed.sort(before);
        else select(passed, FIRST, before);
        sorted = passed.length <= FIRST * 10 || sorted || end > FIRST ? passed.length : FIRST;
      }
      return passed.slice(start, end);
    },
  };
}

/** Bring the first `n` of many to the front, in order (Hoare's selection, then a sort of those). */
function select(all, n, before) {
  for (let low = 0, high = all.length - 1; low < high;) {
    const pivot = all[(low + high) >> 1];
    let i = low, j = high;
    while (i <= j) {
      while (before(all[i], pivot) < 0) i += 1;
      while (before(all[j], pivot) > 0) j -= 1;
      if (i <= j) {
        [all[i], all[j]] = [all[j], all[i]];
        i += 1;
        j -= 1;
      }
    }
    if (n - 1 <= j) high = j;
    else if (n - 1 >= i) low = i;
    else break;
  }
  const first = all.slice(0, n).sort(before);
  for (let k = 0; k < n; k += 1) all[k] = first[k];
}
