/* Minutebook: a facet of many values, people say: what is chosen, who is named in the first results, and a field that finds
 * anybody by any form of the name. Nobody is fetched before somebody types there.
 */
import { listbox } from "../listbox.js";
import { lines } from "./checks.js";
import { again } from "./data.js";
import { named } from "./engine.js";
import { element } from "./snippet.js";

const PICKS = 5;
const OFFERS = 8;
const WAIT = 80; // milliseconds after the last key

export function seeker({ facet, legend, field }, changed) {
  const list = element("ul", ""), input = element("input", ""), offers = element("div", "mb-combo__list");
  const root = element("fieldset", "mb-facets__names", element("legend", "", legend), list, element("div", "mb-combo", input, offers));
  const line = lines(facet, (value) => value, changed);
  let chosen = [], picks = [], words, asked = 0, waiting;
  input.type = "text";
  input.placeholder = field;
  input.setAttribute("aria-label", field);
  const options = listbox(input, offers, legend, {
    wanted: look,
    taken: (option) => take(option.dataset.value),
    entered: (event, there) => {
      event.preventDefault();
      if (there.length && there[0].dataset.value) take(there[0].dataset.value);
    },
    escaped: () => { input.value = ""; },
  });

  function take(value) {
    clearTimeout(waiting);
    asked += 1;
    input.value = "";
    options.close();
    if (value && !chosen.includes(value)) changed({ [facet]: [...chosen, value] });
  }

  async function look() {
    const q = input.value.trim(), mine = asked += 1;
    if (!q) return options.close();
    let rows = [];
    try {
      rows = await again(() => named(q, OFFERS, [facet]));
    } catch (error) {
      console.warn("The names could not be loaded.", error);
    }
    if (mine !== asked || document.activeElement !== input) return;
    options.show(rows.length ? rows.map((row) => {
      const option = element("div", "mb-combo__option", element("span", "", row.title), " ", element("small", "", row.about));
      [option.dataset.value] = row.named[facet].map((k) => row.names[k]);
      return option;
    }) : [none(q)]);
  }

  function none(q) {
    const option = element("div", "mb-combo__option", element("span", "", `Nothing is called “${q}”`));
    option.setAttribute("aria-disabled", "true");
    return option;
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, WAIT);
  });
  input.addEventListener("blur", options.close);
  offers.addEventListener("click", (event) => take(event.target.closest("[role=option]")?.dataset.value));

  /** Who is named in results, those in most of them first; while the words stay the same they keep their places. */
  function inResults(rows, same) {
    const times = new Map();
    for (const row of rows) for (const k of row.named[facet]) times.set(row.names[k], (times.get(row.names[k]) ?? 0) + 1);
    const often = [...times].sort(([a, m], [b, n]) => n - m || a.localeCompare(b)).map(([value]) => value);
    return [...new Set([...(same ? picks.filter((value) => times.has(value)) : []), ...often])];
  }

  return {
    root,
    show(question, counts, rows) {
      picks = inResults(rows, words === question.q);
      chosen = question[facet];
      words = question.q;
      const others = picks.filter((value) => !chosen.includes(value)).slice(0, Math.max(0, PICKS - chosen.length));
      list.replaceChildren(...[...chosen, ...others].map((value) => line(value, chosen)));
    },
  };
}
