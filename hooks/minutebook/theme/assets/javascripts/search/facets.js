/* Minutebook: the facets beside the results of a search. Each is a list of check boxes with the number of results that
 * they leave; a long one shows its first values, and the rest when it is asked for, with a box to find one among them.
 */
import { FACETS } from "./engine.js";
import { NOUN, element } from "./snippet.js";

const LEGEND = { kind: "What", body: "Body", year: "Year", person: "Person", organisation: "Organisation", topic: "Topic" };
const PLURAL = { kind: "kinds", body: "bodies", year: "years", person: "people", organisation: "organisations", topic: "topics" };
const SHORT = 6;
const LONG = 100;

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The order of a facet's values: newest years first, kinds as they come, else by number and then by name. */
function sorted(facet, values) {
  const kinds = Object.keys(NOUN);
  return [...values].sort(([a, m], [b, n]) => {
    if (facet === "kind") return kinds.indexOf(a) - kinds.indexOf(b);
    if (facet === "year") return b.localeCompare(a);
    return n - m || a.localeCompare(b);
  });
}

/** Fill `root` with facets; `changed({facet: values})` is called when the reader chooses. Gives {show(question, counts)}. */
export function facets(root, changed) {
  const groups = Object.fromEntries(Object.keys(FACETS).map((facet) => [facet, group(facet, changed)]));
  const clear = element("button", "mb-plain", "Clear all");
  const open = element("button", "mb-facets__open", "Narrow the search");
  const all = element("div", "mb-facets__all", ...Object.values(groups).map((g) => g.root), clear);
  all.id = "mb-facets";
  for (const button of [clear, open]) button.type = "button";
  clear.hidden = open.hidden = true; // until there is something to choose
  open.setAttribute("aria-controls", all.id);
  open.setAttribute("aria-expanded", "false");
  open.addEventListener("click", () => open.setAttribute("aria-expanded", open.getAttribute("aria-expanded") === "false"));
  clear.addEventListener("click", () => {
    changed(Object.fromEntries(Object.keys(FACETS).map((facet) => [facet, []])));
  });
  root.replaceChildren(open, all);
  return {
    show(question, counts) {
      const focus = root.contains(document.activeElement) ? document.activeElement : null;
      const number = Object.keys(FACETS).reduce((sum, facet) => sum + question[facet].length, 0);
      clear.hidden = !number;
      open.hidden = false;
      open.textContent = number ? `Narrow the search (${number} chosen)` : "Narrow the search";
      for (const [facet, g] of Object.entries(groups)) g.show(question[facet], counts[facet] ?? {}, question.q);
      if (focus && document.activeElement !== focus && focus.isConnected) focus.focus();
    },
  };
}

function group(facet, changed) {
  const list = element("ul", "");
  const seek = element("input", "");
  const every = element("button", "mb-plain");
  const root = element("fieldset", "", element("legend", "", LEGEND[facet]), seek, list, every);
  const boxes = new Map();
  let chosen = [], values = [], whole = false, words;
  root.hidden = true;
  seek.type = "search";
  seek.setAttribute("aria-label", `Find among ${PLURAL[facet]}`);
  seek.placeholder = `Find among ${PLURAL[facet]}`;
  every.type = "button";

  function line(value, number) {
    if (!boxes.has(value)) {
      const box = element("input");
      box.type = "checkbox";
      box.addEventListener("change", () => {
        changed({ [facet]: box.checked ? [...chosen, value] : chosen.filter((v) => v !== value) });
      });
      const name = facet === "kind" ? NOUN[value] ?? value : value;
      boxes.set(value, element("li", "", element("label", "", box, element("span", "", name), element("small", ""))));
    }
    const item = boxes.get(value);
    item.querySelector("input").checked = chosen.includes(value);
    item.querySelector("small").textContent = number.toLocaleString("en");
    return item;
  }

  function draw() {
    const sought = folded(seek.value.trim());
    const fit = whole && sought ? values.filter(([v]) => folded(v).includes(sought)) : values;
    list.replaceChildren(...fit.slice(0, whole ? LONG : SHORT).map(([v, n]) => line(v, n)));
    seek.hidden = !whole || values.length <= SHORT * 2;
    every.hidden = values.length <= SHORT;
    every.textContent = whole ? `First ${SHORT} only` : `All ${values.length.toLocaleString("en")} ${PLURAL[facet]}`;
    every.setAttribute("aria-expanded", whole);
    root.classList.toggle("mb-facets__whole", whole);
  }

  seek.addEventListener("input", draw);
  every.addEventListener("click", () => {
    whole = !whole;
    if (!whole) seek.value = "";
    draw();
    if (whole && !seek.hidden) seek.focus();
  });

  return {
    root,
    show(selected, counts, q) {
      const found = new Map(sorted(facet, Object.entries(counts).filter(([v, n]) => n || selected.includes(v))));
      for (const v of selected) if (!found.has(v)) found.set(v, 0);
      // While the words stay the same values keep their places, so that nothing moves under the pointer.
      const before = words === q ? values.map(([v]) => v).filter((v) => found.has(v)) : [];
      const order = new Set([...before, ...found.keys()]);
      const at = (v) => (selected.includes(v) && ![...order].slice(0, SHORT).includes(v) ? 0 : 1);
      values = [...order].sort((a, b) => at(a) - at(b)).map((v) => [v, found.get(v)]);
      chosen = selected;
      words = q;
      root.hidden = !selected.length && values.length < (FACETS[facet] === "any" ? 2 : 1); // one body is no choice
      draw();
    },
  };
}
