/* Minutebook: results as a reader sees them: grouped by page, or ways on where there are none. */
import { find, named } from "./engine.js";
import { remember } from "./marks.js";
import { chosen, free, searchOf } from "./question.js";
import { NOUN, element, place, snippet } from "./snippet.js";

const OF_MEETINGS = ["meeting", "item", "action", "decision"];
const NEAR = 5;
const TRIED = 12; // words and groups of words for which near names are looked for

/** A link to somewhere. */
function link(href, words) {
  const a = element("a", "", words);
  a.href = href;
  return a;
}

/** Rows in the order in which they were found, those of one page together below its name. */
export function grouped(rows, found, letters) {
  const groups = new Map();
  for (const row of rows) groups.set(row.page, [...(groups.get(row.page) ?? []), row]);
  return [...groups.values()].map((group) => {
    const [{ kind, name, page, body, date }] = group;
    const own = !OF_MEETINGS.includes(kind); // a profile or a written page is found for itself
    const when = element("time", "", body);
    if (date) when.dateTime = date;
    const head = element("div", "mb-found__page", element("h2", "", link(page, name)), element("small", "", own ? NOUN[kind] : when));
    return element("li", "", head, element("ul", "", ...group.map((row) => line(row, found, letters))));
  });
}

/** One place of a page: its name, where it stands, and the words around what was looked for. */
function line(row, found, letters) {
  const { node, marked } = snippet(row, found, letters);
  const words = element("p", "", node);
  if (row.url === row.page && row.kind !== "meeting") return element("li", "", words);
  const to = link(row.url, row.kind === "meeting" ? "Header and attendance" : row.title);
  remember(to, marked);
  const under = row.item ? `under ${row.item}` : row.kind === "item" ? NOUN.item : "";
  return element("li", "", to, element("small", "", under), words);
}

/** People, organisations and topics that are meant. */
export const offered = (rows) => rows.map((row) => element("li", "", link(row.url, row.title), element("small", "", place(row))));

/** A question with the words instead of those that nothing has. */
function instead(q, nearby, n) {
  const signs = /[.*+?^${}()|[\]\\]/g;
  return nearby.reduce((words, [typed, others]) => {
    const whole = new RegExp(`(^|[^\\p{L}\\p{N}])${typed.replace(signs, "\\$&")}(?![\\p{L}\\p{N}])`, "u"); // and no part of another
    return words.replace(whole, (_, before) => before + (others[n] ?? others[0]));
  }, q);
}

/**
 * What to say where nothing has all that was asked for: paragraphs, and lists of ways on. Something is always there to go to.
 */
export async function ways(question, answer) {
  const out = [];
  const { some, missing, nearby, results } = answer;
  const narrow = chosen(question) > 0;
  if (some && results.length) out.push(element("p", "", `No place${narrow ? " among these choices" : ""} has all of these words. These have the most of them.`));
  else if (!results.length) out.push(element("p", "", "Nothing was found."));
  if (missing.length) out.push(element("p", "", `No place has ${missing.map((word) => (word.startsWith("“") ? word : `“${word}”`)).join(" or ")}.`));
  const corrected = [...new Set([0, 1, 2].map((n) => instead(question.q, nearby, n)))].filter((q) => q !== question.q);
  if (corrected.length) out.push(listed("Did you mean", corrected.map((q) => link(searchOf({ ...question, q }), q))));
  if (results.length) return narrow ? [...out, ...(await without(question))] : out;
  const names = await near([...corrected, question.q, ...question.q.split(/\s+/)]);
  if (names.length) out.push(element("p", "", "Names that are near it"), element("ul", "mb-offers", ...offered(names)));
  if (narrow) out.push(...(await without(question, true)));
  out.push(element("p", "", "Fewer words, another spelling or fewer choices may help. The first letters of a word are enough; initials and full names find one another; quotation marks find words as they stand."));
  return out;
}

/** A way to what is found without anything chosen: all that is, or only where that has every word. */
async function without(question, always = false) {
  const everywhere = free(question);
  const { results, some } = question.q ? await find(everywhere) : { results: [], some: true };
  if (!always && some) return [];
  const number = results.length;
  const words = number ? `${number.toLocaleString("en")} ${number === 1 ? "result" : "results"} without these choices` : "Without these choices";
  return [element("p", "", link(searchOf(everywhere) || location.pathname, words))];
}

function listed(words, links) {
  return element("p", "", `${words} `, ...links.flatMap((a, k) => [k ? ", " : "", a]), "?");
}

/** Pages whose name is near one of some words. */
async function near(words) {
  const rows = new Map();
  for (const q of [...new Set(words)].slice(0, TRIED)) {
    if (rows.size >= NEAR || q.length < 2) continue;
    for (const row of await named(q, NEAR)) rows.set(row.url, row);
  }
  return [...rows.values()].slice(0, NEAR);
}
