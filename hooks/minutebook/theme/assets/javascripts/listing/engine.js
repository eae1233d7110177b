/* Minutebook: which rows of a list a question means, in which order, and how many each further choice would leave.
 *
 * A question is {q, past, sort, chosen: {facet: id}}; `sort` is the name of a column, with "-" before it for backwards.
 */
import { today } from "./data.js";
import { mark, within, words } from "./words.js";

export const NEWEST = "-meeting";

/** Whether a question leaves out no row. */
export const everything = (question) => !question.q && !question.past && !Object.keys(question.chosen).length;

/**
 * Answer a question: {count, rows, counts, done}. `rows` are numbers of rows, `counts` facet -> place of a value -> number.
 * `told` is called with what is known so far whenever a shard has come in, the last time with everything. A question that leaves
 * out nothing is answered at once, without a shard and without counts, unless these are `wanted`.
 */
export async function find(data, question, told, wanted = false) {
  if (everything(question) && question.sort === NEWEST && !wanted) {
    const rows = Array.from({ length: data.manifest.count }, (_, n) => data.manifest.count - 1 - n);
    return told({ count: rows.length, rows, counts: {}, done: true });
  }
  const sought = words(question.q, data.manifest.fold), now = today();
  const parts = data.shards.map(() => undefined);
  await Promise.all(parts.map(async (_, k) => {
    const [shard, marked] = await Promise.all([data.columns(k), holding(data, k, sought)]);
    parts[k] = { shard, ...select(shard, conditions(data, question), question.past && overdue(data, shard, now), marked) };
    told(merged(data, parts, question));
  }));
}

/** The rows of a shard that hold all words; undefined where none is sought. */
async function holding(data, k, sought) {
  const { count, firsts } = data.shards[k];
  const each = await Promise.all(sought.map(async (word) => {
    const rows = new Uint8Array(count);
    for (const page of await Promise.all(within(firsts, word).map((n) => data.words(k, n)))) mark(page, word, rows);
    return rows;
  }));
  return each.length ? each.reduce((all, rows) => all.map((held, r) => held & rows[r])) : undefined;
}

/** Facet -> which places of its values are wanted, as bytes; facets that are not chosen have none. */
function conditions(data, question) {
  return data.manifest.facets.map(({ name, groups }) => {
    const id = question.chosen[name];
    if (!id) return [name];
    const { ids, find: place } = data.facets[name];
    const wanted = new Uint8Array(ids.length);
    for (const one of groups?.[id] ?? [id]) if (place(one) !== undefined) wanted[place(one)] = 1;
    return [name, wanted];
  });
}

/** The rows of a shard that are open and due before today. */
function overdue(data, shard, now) {
  const { of, open } = data.manifest.past;
  const facet = data.manifest.facets.find((f) => f.name === of);
  const states = new Set(facet.groups[open].map(data.facets[of].find));
  const { at, values } = shard.facets[of];
  return Uint8Array.from(shard.due, (due, r) => due < now && states.has(values[at[r]]));
}

/** {rows, counts} of one shard. A row that only one facet leaves out counts for the other values of that facet. */
function select(shard, wanted, ...held) {
  const columns = wanted.map(([name, places]) => ({ ...shard.facets[name], places, counts: [] }));
  const masks = held.filter(Boolean), rows = [];
  const add = ({ at, values, counts }, r) => {
    for (let v = at[r]; v < at[r + 1]; v += 1) counts[values[v]] = (counts[values[v]] ?? 0) + 1;
  };
  for (let r = shard.count - 1; r >= 0; r -= 1) {
    if (!masks.every((mask) => mask[r])) continue;
    let failed, failures = 0;
    for (const column of columns) {
      if (!column.places) continue;
      let fits = false;
      for (let v = column.at[r]; v < column.at[r + 1]; v += 1) fits ||= column.places[column.values[v]] === 1;
      if (!fits) {
        failed = column;
        if ((failures += 1) > 1) break;
      }
    }
    if (failures === 1) add(failed, r);
    if (failures) continue;
    rows.push(r);
    for (const column of columns) add(column, r);
  }
  return { rows, counts: Object.fromEntries(wanted.map(([name], k) => [name, columns[k].counts])) };
}

/** The answers of the shards that have come in, put together. */
function merged(data, parts, question) {
  const done = parts.every(Boolean), counts = {};
  let count = 0;
  for (const part of parts.filter(Boolean)) {
    count += part.rows.length;
    for (const [name, more] of Object.entries(part.counts)) {
      const sum = (counts[name] ??= []);
      more.forEach((n, v) => { sum[v] = (sum[v] ?? 0) + n; });
    }
  }
  if (question.sort !== NEWEST) return { count, rows: done ? sorted(data, parts, question.sort) : [], counts, done };
  // the newest come first, and nothing may come between them later
  const known = parts.slice(parts.findLastIndex((part) => !part) + 1);
  const rows = known.flatMap((_, n) => numbers(data, parts, parts.length - 1 - n));
  return { count, rows, counts, done };
}

const numbers = (data, parts, k) => parts[k].rows.map((r) => data.shards[k].first + r);

/** Rows by a column, the newest first among equals; whatever has nothing there comes last both ways. */
function sorted(data, parts, sort) {
  const back = sort.startsWith("-") ? -1 : 1, key = keys(data, sort.replace("-", ""));
  const rows = parts.flatMap(({ shard, rows: found }, k) => found.map((r) => [key(shard, r), data.shards[k].first + r]));
  const after = (a, b) => (Number.isNaN(a) ? 1 : 0) - (Number.isNaN(b) ? 1 : 0) || back * (a - b) || 0;
  return rows.sort(([a, m], [b, n]) => after(a, b) || n - m).map(([, n]) => n);
}

/** What a column sorts by: a function of a shard and a row that gives a number, or NaN. */
function keys(data, column) {
  if (column === "meeting") return (shard, r) => shard.met[r];
  if (column === "due") return (shard, r) => shard.due[r];
  const { labels } = data.facets[column];
  const facet = data.manifest.facets.find((f) => f.name === column);
  const order = labels.map((_, place) => place);
  // what has fixed options is sorted as these are, names by name
  if (facet.kind === "name") order.sort((a, b) => labels[a].localeCompare(labels[b], "en"));
  const rank = [];
  order.forEach((place, n) => { rank[place] = n; });
  return (shard, r) => {
    const { at, values } = shard.facets[column];
    return at[r] < at[r + 1] ? rank[values[at[r]]] : NaN;
  };
}
