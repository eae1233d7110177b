/* Minutebook: the records that have what was looked for, and how well. */
import { records } from "./data.js";

const PLAIN = 0.6; // what a word counts that is not printed in capitals, as it was typed
const KIN = 0.8, BEGUN = 0.6; // what another form of a word counts, and a word of which only the beginning was typed
const FORMS = 60; // words that one beginning may stand for
const PHRASE = 8; // what a phrase counts; of a word the most is 9
const OF_MEETINGS = 4; // kinds of records that a meeting has; the first of them is its own
const BESIDE = 0.6; // what it counts that words stand side by side as they were typed

/** The words of the index that a way of a unit means: [[word, entry, factor], ...]. */
async function forms(index, word, { short, last, begun }) {
  const [exact, initials] = await Promise.all([word, ...(short ? [`=${word}`] : [])].map((w) => index.posting("words", w)));
  // what is typed in capitals may be any word, but "IT" is not "it"
  if (initials) return [[`=${word}`, initials, 1], ...(exact && !index.manifest.stop.includes(word) ? [[word, exact, PLAIN]] : [])];
  const out = [];
  if (exact) {
    out.push([word, exact, 1]);
    const kin = await Promise.all([...exact.kin].map(async (other) => [other, await index.posting("words", other), KIN]));
    out.push(...kin.filter(([, entry]) => entry));
  }
  if ((last || begun || !exact) && (word.length > 1 || !exact)) {
    const known = new Set(out.map(([w]) => w));
    const more = (await index.stretch("words", word)).filter(([w]) => !known.has(w));
    more.sort(([, a], [, b]) => b.impacts.length - a.impacts.length);
    out.push(...more.slice(0, FORMS).map(([w, entry]) => [w, entry, BEGUN]));
  }
  return out;
}

/** Put into `best` what each record has of some forms of a word: the greatest impact. */
function weigh(found, best) {
  for (const [, entry, factor] of found) {
    const numbers = records(entry), { impacts } = entry;
    for (let k = 0; k < numbers.length; k += 1) {
      const weight = (impacts.charCodeAt(k) - 48) * factor;
      if (weight > best[numbers[k]]) best[numbers[k]] = weight;
    }
  }
}

/** The records of a unit: {weight (by record), count, idf, words that were found}. */
export async function look(index, unit, begun) {
  const { count } = index.columns;
  const best = new Float32Array(count), found = new Set();
  // asked for at once: what is fetched arrives while the rest is
  const joined = Promise.all((unit.joined ?? []).map(async (word) => (await index.posting("words", word) ? forms(index, word, {}) : [])));
  if (unit.phrase) await phrase(index, unit.phrase, best);
  for (const way of unit.ways ?? []) {
    const each = await Promise.all(way.map((word, k) => forms(index, word, { ...unit, last: unit.last && k === way.length - 1, begun })));
    for (const [word] of each.flat()) found.add(word);
    if (way.length === 1) {
      weigh(each[0], best);
      continue;
    }
    const parts = each.map((forms_) => {
      const part = new Float32Array(count);
      weigh(forms_, part);
      return part;
    });
    for (let r = 0; r < count; r += 1) {
      const least = Math.min(...parts.map((part) => part[r]));
      if (least > best[r]) best[r] = least;
    }
  }
  for (const alike of await joined) {
    for (const [form] of alike) found.add(form);
    weigh(alike.map(([form, entry, factor]) => [form, entry, factor * KIN]), best);
  }
  for (const day of unit.days ?? []) ofDay(index.columns, day, best);
  let number = 0;
  for (let r = 0; r < count; r += 1) number += best[r] > 0;
  return { unit, best, number, idf: Math.log(1 + (count - number + 0.5) / (number + 0.5)), found };
}

/** Put into `best` that records belong to a meeting of some day; what stands for the meeting comes first. */
function ofDay({ count, day: days, kind }, day, best) {
  for (let r = 0; r < count; r += 1) {
    if (days[r] === day && kind[r] < OF_MEETINGS) best[r] = Math.max(best[r], kind[r] ? 1 : PHRASE);
  }
}

/** A phrase: every two words of it that stand side by side do so in the record; of more than two see `holds` in snippet.js. */
async function phrase(index, sought, best) {
  const pairs = sought.slice(1).map((word, k) => `${sought[k]} ${word}`);
  const entries = pairs.length
    ? await Promise.all(pairs.map((pair) => index.posting("pairs", pair)))
    : [await index.posting("words", sought[0])];
  if (entries.some((entry) => !entry)) return;
  entries.forEach((entry, k) => {
    const here = new Set(records(entry));
    if (!k) for (const r of here) best[r] = PHRASE;
    else for (let r = 0; r < best.length; r += 1) if (best[r] && !here.has(r)) best[r] = 0;
  });
}

/** What records gain whose words stand side by side as they were typed. */
export async function besides(index, pairs, score) {
  const entries = await Promise.all(pairs.map((pair) => index.posting("pairs", pair)));
  for (const entry of entries) {
    if (!entry) continue;
    const numbers = records(entry), gain = BESIDE * Math.log(1 + index.columns.count / numbers.length);
    for (const r of numbers) if (score[r]) score[r] += gain;
  }
}

/** The score of each record that has at least `least` of what was looked for, besides what it need not have. */
export function scored(looked, count, least) {
  const score = new Float32Array(count), has = new Uint8Array(count);
  for (const { best, idf, spare } of looked) {
    for (let r = 0; r < count; r += 1) {
      if (!best[r]) continue;
      score[r] += (0.5 + idf) * best[r];
      if (!spare) has[r] += 1;
    }
  }
  for (let r = 0; r < count; r += 1) if (has[r] < least) score[r] = 0;
  return score;
}
