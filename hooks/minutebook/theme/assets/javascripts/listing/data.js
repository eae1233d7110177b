/* Minutebook: the files that publish/listing writes for a list, fetched when they are needed, each once.
 *
 * The manifest is asked for anew on each page; whatever it names has what it holds in its address. So a browser may keep all of
 * that, and a file that is not there means that the site was published again since: `Stale`.
 */
import { decoded } from "./words.js";

const root = new URL("../../../", import.meta.url);
const DAY = 864e5;

export class Stale extends Error {}

/** The address of a place on the site. */
export const address = (path) => new URL(path, root).href;

/** A day as its number since 1970. */
export const day = (date) => Math.round(Date.parse(date) / DAY);

/** Today where the reader is, as such a number. */
export function today() {
  const now = new Date();
  return Math.round(Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / DAY);
}

/** The data of a list: {manifest, facets, shards, columns(k), words(k, page), rows(numbers), lines(numbers)}. */
export async function open(list) {
  const folder = `${list}/data/`;
  const answer = await fetch(address(`${folder}manifest.json`), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.status} for the manifest`);
  const manifest = await answer.json();
  const facets = Object.fromEntries(manifest.facets.map((facet) => [facet.name, dictionary(facet)]));
  const kept = new Map();
  let first = 0;
  // the oldest first, as they are numbered
  const shards = manifest.shards.map(([count, digest, firsts]) => ({ count, digest, firsts, first: (first += count) - count }));

  function get(k, name, read = (data) => data) {
    const path = `${folder}${shards[k].digest}/${name}.json`;
    if (!kept.has(path)) {
      const asked = fetch(address(path)).then(async (found) => {
        if (found.status === 404) throw new Stale(path);
        if (!found.ok) throw new Error(`${found.status} for ${path}`);
        return read(await found.json());
      });
      asked.catch(() => kept.delete(path)); // the next try may do better
      kept.set(path, asked);
    }
    return kept.get(path);
  }

  /** What a file of its shard holds of a row: files named like this have so many rows each. */
  async function part(number, name, size, read) {
    const k = shards.findLastIndex((shard) => shard.first <= number);
    const at = number - shards[k].first;
    return read(await get(k, `${name}-${Math.floor(at / size)}`), at % size);
  }

  // Rows say whose they are where there is more than one body, as the templates do.
  const several = manifest.facets.some(({ name, options }) => name === "body" && options.length > 1);
  const row = (number) => part(number, "rows", manifest.chunk, ({ meetings, rows }, n) => {
    const found = rows[n];
    const [id, date, body] = meetings[found.m];
    return { ...found, meeting: { id, date, body: several && body } };
  });
  const line = (number) => part(number, "lines", manifest.lines, (lines, n) => lines[n]);

  return {
    manifest,
    facets,
    shards,
    columns: (k) => get(k, "columns", (raw) => columns(raw, shards[k].count, facets)),
    words: (k, page) => get(k, `words-${page}`, decoded),
    rows: (numbers) => Promise.all(numbers.map(row)),
    lines: (numbers) => Promise.all(numbers.map(line)),
  };
}

/** The values of a facet that are known so far, numbered. */
function dictionary({ options }) {
  const ids = [], labels = [], places = new Map();
  const place = (id, label) => {
    if (!places.has(id)) {
      places.set(id, ids.length);
      ids.push(id);
      labels.push(label);
    }
    return places.get(id);
  };
  for (const [id, label] of options) place(id, label);
  return { ids, labels, place, find: (id) => places.get(id) };
}

/** What a shard's file of columns holds, as arrays of numbers: a facet's values of row r are values[at[r]] to values[at[r+1]-1]. */
function columns(raw, count, facets) {
  const met = new Int32Array(count);
  const of = {};
  const put = (name, rows, values) => {
    const at = new Uint32Array(count + 1), flat = [];
    for (let r = 0; r < count; r += 1) {
      const has = rows[r];
      if (typeof has === "number") flat.push(values ? values[has] : has);
      else if (has) for (const v of has) flat.push(values[v]);
      at[r + 1] = flat.length;
    }
    of[name] = { at, values: Uint32Array.from(flat) };
  };
  const bodies = [], years = [];
  for (const [date, body, rows] of raw.meetings) {
    const b = facets.body.place(body, body), y = facets.year.place(date.slice(0, 4), date.slice(0, 4));
    met.fill(day(date), bodies.length, bodies.length + rows);
    for (let n = 0; n < rows; n += 1) {
      bodies.push(b);
      years.push(y);
    }
  }
  put("body", bodies);
  put("year", years);
  for (const [name, { values, rows }] of Object.entries(raw.facets)) put(name, rows, values.map(([id, label]) => facets[name].place(id, label)));
  return { count, facets: of, met, due: dates(raw.due, met), heard: dates(raw.heard, met) };
}

/** Days after the meeting as days; NaN where there is none. */
function dates(offsets, met) {
  return Float64Array.from(met, (since, r) => (offsets?.[r] == null ? NaN : since + offsets[r]));
}
