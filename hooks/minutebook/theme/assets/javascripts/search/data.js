/* Minutebook: the files that publish/search writes, fetched when they are needed, each once.
 *
 * The manifest is asked for anew on each page; whatever it names has what it holds in its address. So a browser may keep all of
 * that, and a file that is not there means that the site was published again since: `Stale`.
 */
import { at, behind, decoded, within } from "../words.js";

const root = new URL("../../../", import.meta.url);
const FOLDER = "search/data/";
const DAY = 864e5;
const OF_MEETINGS = ["meeting", "item", "action", "decision"];

class Stale extends Error {}

export const NO_BODY = 0xffff;
export const KINDS = [...OF_MEETINGS, "person", "organisation", "topic", "page"];

/** The address of a place on the site. */
export const address = (path) => new URL(path, root).href;

let opened, newest;

/** The index, opened once; a failure is not kept, so that the next try may do better. */
export function index() {
  opened ??= open();
  opened.catch(() => { opened = undefined; });
  return opened;
}

/**
 * Do something with the index, or with one that was asked before. `Stale` where the site was published again meanwhile: the next
 * try has the new one.
 */
export async function withIndex(doing, before) {
  const it = before ?? await index();
  try {
    return await doing(it);
  } catch (error) {
    if (isStale(error) && it === newest) opened = undefined;
    throw error;
  }
}

export const isStale = (error) => error instanceof Stale;

/** Do something that asks the index more than once; all of it again where the site was published meanwhile. */
export async function again(doing) {
  try {
    return await doing();
  } catch (error) {
    if (!isStale(error)) throw error;
    return doing(); // numbers of records mean something in their own index only
  }
}

async function got(path, options) {
  const answer = await fetch(address(path), options);
  if (answer.status === 404) throw new Stale(path);
  if (!answer.ok) throw new Error(`${answer.status} for ${path}`);
  return answer.json();
}

/** {manifest, columns, posting(name, key), stretch(name, start), rows(numbers)}. */
async function open() {
  const manifest = await got(`${FOLDER}manifest.json`, { cache: "no-cache" });
  const firsts = Object.fromEntries(["words", "pairs", "facets"].map((name) => [name, decoded(manifest[name])]));
  const kept = new Map();
  function get(name, read = (data) => data) {
    const path = `${FOLDER}${manifest.folder}/${name}.json`;
    if (!kept.has(path)) {
      const asked = got(path).then(read);
      asked.catch(() => kept.delete(path));
      kept.set(path, asked);
    }
    return kept.get(path);
  }
  const page = (name, k) => get(`${name}-${k}`, name === "words" ? weighed : plain);
  const columns = await get("columns", (raw) => unrolled(raw, manifest));

  newest = {
    manifest,
    columns,

    /** The entry of a key, if there is one. */
    async posting(name, key) {
      const k = at(firsts[name], key);
      return k < 0 ? undefined : (await page(name, k)).get(key);
    },

    /** [key, entry] of what begins with `start`, of the first `most` files that may hold such. */
    async stretch(name, start, most = 2) {
      const pages = await Promise.all(within(firsts[name], start).slice(0, most).map((k) => page(name, k)));
      return pages.flatMap((entries) => [...entries].filter(([key]) => key.startsWith(start)));
    },

    /** What is shown of records. */
    rows: (numbers) => Promise.all(numbers.map(async (number) => {
      const { file, at: place } = columns.file(number);
      const { pages, places, names } = await get(`places/${file}`);
      const [on, anchor, kind, title, item, about, text, people, organisations, topics, forms] = places[place];
      const [path, name, date, body] = pages[on];
      return {
        number, kind, title, item, about, text, forms, date, body, several: columns.bodies.length > 1, page: address(path), name,
        url: address(anchor ? `${path}#${anchor}` : path),
        named: { person: people, organisation: organisations, topic: topics }, names,
      };
    })),
  };
  return newest;
}

/** A file of words: word -> {rows, impacts, kin}. */
function weighed(page) {
  const out = new Map();
  for (let k = 0, word = ""; k < page.length; k += 4) {
    word = behind(page[k], word);
    const self = word;
    out.set(word, { steps: page[k + 1], impacts: page[k + 2], kin: (page[k + 3] || []).map((sign) => behind(sign, self)) });
  }
  return out;
}

function plain(page) {
  const out = new Map();
  for (let k = 0, key = ""; k < page.length; k += 2) {
    key = behind(page[k], key);
    out.set(key, { steps: page[k + 1] });
  }
  return out;
}

/** The records of an entry, ascending. */
export function records({ steps }) {
  if (typeof steps === "number") return [steps - 1];
  const out = new Array(steps.length);
  for (let k = 0, number = -1; k < steps.length; k += 1) out[k] = number += steps[k];
  return out;
}

/** The columns by record: {count, kind, body, day, years, everyYear, bodies, file(number)}. */
function unrolled(raw, { count, chunk }) {
  const kind = new Uint8Array(count), body = new Uint16Array(count).fill(NO_BODY), day = new Int32Array(count), years = new Uint16Array(count);
  const yearOf = (days) => (days ? new Date(days * DAY).getUTCFullYear() : 0);
  const starts = [], blocks = [];
  let n = 0, met = 0;
  for (const [since, of, ...numbers] of raw.meetings) {
    met += since;
    starts.push(n);
    [1, ...numbers].forEach((times, k) => {
      kind.fill(k, n, n + times);
      body.fill(of, n, n + times);
      day.fill(met, n, n + times);
      years.fill(yearOf(met), n, n += times);
    });
  }
  const meetings = n;
  for (const [name, runs] of Object.entries(raw.others)) {
    const first = n, groups = [];
    for (const [heard, times] of runs) {
      groups.push(n);
      kind.fill(KINDS.indexOf(name), n, n + times);
      day.fill(heard, n, n + times);
      years.fill(yearOf(heard), n, n += times);
    }
    // a page is a group of its sections; of profiles each is one
    blocks.push({ name, first, end: n, groups: name === "page" ? groups : undefined });
  }

  function file(number) {
    if (number < meetings) {
      const m = at(starts, number);
      return { file: m, at: number - starts[m] };
    }
    const block = blocks.find(({ end }) => number < end);
    if (!block.groups) {
      const place = number - block.first;
      return { file: `${block.name}-${Math.floor(place / chunk)}`, at: place % chunk };
    }
    const group = at(block.groups, number), first = group - (group % chunk);
    return { file: `${block.name}-${first / chunk}`, at: number - block.groups[first] };
  }

  const everyYear = [...new Set(years)].filter(Boolean);
  return { count, kind, body, day, years, everyYear, bodies: raw.bodies, file };
}
