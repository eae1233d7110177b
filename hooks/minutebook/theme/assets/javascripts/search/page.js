/* Minutebook: the page of the search. The address holds the question, both ways: what is typed and chosen goes into it,
 * and what it holds is asked, after a reload, a step back, or from a link.
 */
import { FACETS, find, profiles, read } from "./engine.js";
import { facets } from "./facets.js";
import { NOUN, element, place, snippet } from "./snippet.js";

const WAIT = 150; // milliseconds after the last key
const BATCH = 10;
const OF_MEETINGS = ["meeting", "item", "action", "decision"];

/** The question that the address holds. */
function asked() {
  const given = new URLSearchParams(location.search);
  const question = { q: (given.get("q") ?? "").trim(), sort: given.get("sort") === "newest" ? "newest" : "best" };
  for (const facet of Object.keys(FACETS)) question[facet] = [...new Set(given.getAll(facet))].filter(Boolean);
  return question;
}

function addressOf(question) {
  const out = new URLSearchParams();
  if (question.q) out.set("q", question.q);
  for (const facet of Object.keys(FACETS)) for (const value of question[facet]) out.append(facet, value);
  if (question.sort === "newest") out.set("sort", "newest");
  return location.pathname + (out.size ? `?${out}` : "");
}

/** Results in the order in which they were found, those of one page together below its name. */
function grouped(hits) {
  const groups = new Map();
  for (const hit of hits) groups.set(hit.page, [...(groups.get(hit.page) ?? []), hit]);
  return [...groups.values()].map((group) => {
    const own = !OF_MEETINGS.includes(group[0].kind); // a profile or a written page is found for itself
    const name = element("a", "", group[0].meeting ?? group[0].title);
    name.href = group[0].page;
    const head = element("div", "mb-found__page", element("h2", "", name), element("small", "", own ? NOUN[group[0].kind] : group[0].body));
    const places = group.map((hit) => {
      const words = element("p", "", snippet(hit.excerpt));
      if (own && !hit.section) return element("li", "", words);
      const link = element("a", "", hit.section ?? (hit.kind === "meeting" ? "Header and attendance" : hit.title));
      link.href = hit.url;
      return element("li", "", link, element("small", "", hit.item ? `under ${hit.item}` : hit.kind === "item" ? NOUN.item : ""), words);
    });
    return element("li", "", head, element("ul", "", ...places));
  });
}

function counted(n, words) {
  return `${n.toLocaleString("en")} ${n === 1 ? "result" : "results"}${words ? ` for “${words}”` : ""}`;
}

export function show(root) {
  const form = root.querySelector("form");
  const input = form.querySelector("input[type=search]");
  const sort = root.querySelector("select");
  const said = root.querySelector("[role=status]");
  const offers = root.querySelector(".mb-offers");
  const list = root.querySelector(".mb-found");
  const more = root.querySelector(".mb-more");
  const nothing = root.querySelector(".mb-nothing");
  const ways = root.querySelector(".mb-ways");
  const pane = facets(root.querySelector(".mb-facets"), (chosen) => settle(chosen));
  let question = asked(), turn = 0, results = [], offered = [], waiting;
  let settled = true; // whether the address is a search to come back to, and no word that is still being typed

  /** Put a batch below what is shown; the first of the new groups. */
  function put(hits) {
    const groups = grouped(hits.filter((hit) => !offered.includes(hit.url)));
    list.append(...groups);
    more.hidden = !results.length;
    return groups[0];
  }

  async function answer(mine) {
    const narrowed = Object.keys(FACETS).some((facet) => question[facet].length);
    const empty = !question.q && !narrowed;
    const [found, named] = await Promise.all([find(question), question.q && !narrowed ? profiles(question.q, 3) : []]);
    const hits = await read(found.results.slice(0, BATCH));
    if (mine !== turn) return; // another question was asked; and all that follows changes the page at once
    pane.show(question, found.counts);
    results = found.results.slice(BATCH);
    said.textContent = empty ? "" : counted(found.results.length, question.q);
    offered = named.map((hit) => hit.url);
    offers.replaceChildren(...named.map((hit) => {
      const link = element("a", "", hit.title);
      link.href = hit.url;
      return element("li", "", link, element("small", "", place(hit)));
    }));
    offers.hidden = !named.length;
    nothing.hidden = empty || found.results.length > 0;
    ways.hidden = !empty && found.results.length > 0;
    sort.closest("label").hidden = !question.q || found.results.length < 2; // without words the newest come first
    root.toggleAttribute("data-empty", empty);
    list.replaceChildren();
    put(hits);
  }

  function failed(error) {
    console.warn("The search could not be loaded.", error);
    said.textContent = "The search could not be loaded. Check the connection and try again.";
    ways.hidden = false;
  }

  async function ask(next, how) {
    const mine = turn += 1;
    question = next;
    const address = addressOf(question);
    if (how && address !== location.pathname + location.search) history[`${how}State`](null, "", address);
    sort.value = question.sort;
    list.setAttribute("aria-busy", "true");
    try {
      await answer(mine);
    } catch (error) {
      if (mine === turn) failed(error);
    }
    if (mine === turn) list.removeAttribute("aria-busy");
  }

  /** Ask for what was chosen, and for what stands in the box, typed a moment ago or not. */
  function settle(chosen) {
    clearTimeout(waiting);
    ask({ ...question, q: input.value.trim(), ...chosen }, "push");
    settled = true;
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      ask({ ...question, q: input.value.trim() }, settled && location.search ? "push" : "replace");
      settled = false;
    }, WAIT);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    settle({});
  });
  sort.addEventListener("change", () => settle({ sort: sort.value }));
  more.addEventListener("click", async () => {
    try {
      const mine = turn;
      const hits = await read(results.splice(0, BATCH));
      // the button may be gone, and the reader goes on from here
      if (mine === turn) put(hits)?.querySelector("a").focus();
    } catch (error) {
      failed(error);
    }
  });
  addEventListener("popstate", () => {
    if (!root.isConnected) return;
    clearTimeout(waiting);
    settled = true;
    input.value = asked().q;
    ask(asked());
  });
  if (input.value.trim()) question.q = input.value.trim(); // typed before this was loaded
  else input.value = question.q;
  ask(question, "replace");
}
