/* Minutebook: questions to Pagefind, and what a result says of itself.
 *
 * A question is {q, sort, kind: [], body: [], year: [], person: [], organisation: [], topic: []}.
 */
const root = new URL("../../../", import.meta.url);

/** A record has one value of the first three, so several chosen ones mean "any"; of the others it may have many: "all". */
export const FACETS = { kind: "any", body: "any", year: "any", person: "all", organisation: "all", topic: "all" };
const PROFILES = ["person", "organisation", "topic"];
const PLACES = ["meeting", "item", "action", "decision", "page"];

let loading;

/** Pagefind, fetched once; a failure is not kept, so that the next try may do better. */
function pagefind() {
  loading ??= import(new URL("pagefind/pagefind.js", root).href).then(
    async (engine) => {
      await engine.options({ excerptLength: 26 });
      return engine;
    },
  );
  loading.catch(() => { loading = undefined; });
  return loading;
}

function filters(question, without) {
  const out = {};
  for (const [facet, how] of Object.entries(FACETS)) {
    if (facet !== without && question[facet]?.length) out[facet] = { [how]: question[facet] };
  }
  return out;
}

async function ask(question, chosen) {
  const engine = await pagefind();
  const options = { filters: chosen };
  if (question.sort === "newest" || !question.q) options.sort = { date: "desc" };
  return engine.search(question.q || null, options);
}

/** The answer to a question: {results, counts}. `results` are handles, read by `read`; counts are facet -> value -> number. */
export async function find(question) {
  const chosen = filters(question);
  const all = await (await pagefind()).filters(); // Pagefind counts only what it has loaded
  if (!question.q && !Object.keys(chosen).length) return { results: [], counts: all };
  const found = await ask(question, chosen);
  const counts = { ...found.filters };
  // What another value of such a facet would give is known only without the one that is chosen.
  for (const [facet, how] of Object.entries(FACETS)) {
    if (how === "any" && chosen[facet]) counts[facet] = (await ask(question, filters(question, facet))).filters[facet];
  }
  return { results: found.results, counts };
}

/** The first `n` people, organisations and topics that a word means. */
export const profiles = (q, n) => best(q, n, PROFILES);

/** The best `n` places in the record. */
export const places = (q, n) => best(q, n, PLACES);

async function best(q, n, kinds) {
  return (await read((await ask({ q }, { kind: { any: kinds } })).results.slice(0, n))).slice(0, n);
}

/** What results say: [{url, page, section, kind, title, item, meeting, about, body, excerpt}]. */
export async function read(results) {
  const all = await Promise.all(results.map((result) => result.data()));
  // a hand-written page is one record, with sections
  return all.flatMap((data) => (data.sub_results?.length ? data.sub_results : [data]).map((place) => {
    const url = place.url ?? data.url;
    return {
      url,
      page: url.split("#")[0],
      section: place !== data && url.includes("#") ? place.title : undefined,
      kind: data.filters.kind?.[0] ?? "page",
      title: data.meta.title,
      item: data.meta.item,
      meeting: data.meta.meeting,
      about: data.meta.about,
      body: data.filters.body?.[0],
      excerpt: place.excerpt ?? data.excerpt,
    };
  }));
}
