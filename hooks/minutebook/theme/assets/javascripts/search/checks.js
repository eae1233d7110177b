/* Minutebook: a facet of few values: check boxes with the number of results that each would leave. A long list shows its first
 * values, and the rest when it is asked for, with a field to find one among them.
 */
import { element } from "./snippet.js";

const SHORT = 6;
const LONG = 100;

const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/**
 * What makes the lines of a facet, each once, so that the focus stays where it is: line(value, chosen, number) is an item with a
 * check box, and the number where there is one.
 */
export function lines(facet, name, changed) {
  const made = new Map();
  let chosen = [];
  return (value, now, number) => {
    chosen = now;
    if (!made.has(value)) {
      const box = element("input");
      box.type = "checkbox";
      box.addEventListener("change", () => {
        changed({ [facet]: box.checked ? [...chosen, value] : chosen.filter((v) => v !== value) });
      });
      made.set(value, element("li", "", element("label", "", box, element("span", "", name(value)), element("small", ""))));
    }
    const item = made.get(value);
    item.querySelector("input").checked = chosen.includes(value);
    item.querySelector("small").textContent = number === undefined ? "" : number.toLocaleString("en");
    return item;
  };
}

export function checks({ facet, legend, many, name = (value) => value, order }, changed) {
  const list = element("ul", "");
  const seek = element("input", "");
  const every = element("button", "mb-plain");
  const root = element("fieldset", "", element("legend", "", legend), seek, list, every);
  const line = lines(facet, name, changed);
  let chosen = [], values = [], whole = false, words;
  root.hidden = true;
  seek.type = "search";
  seek.setAttribute("aria-label", `Find among ${many}`);
  seek.placeholder = `Find among ${many}`;
  every.type = "button";

  function draw() {
    const sought = folded(seek.value.trim());
    const fit = whole && sought ? values.filter(([v]) => folded(name(v)).includes(sought)) : values;
    list.replaceChildren(...fit.slice(0, whole ? LONG : SHORT + 2).map(([v, n]) => line(v, chosen, n)));
    seek.hidden = !whole || values.length <= SHORT * 2;
    every.hidden = values.length <= SHORT + 2;
    every.textContent = whole ? `First ${SHORT + 2} only` : `All ${values.length.toLocaleString("en")} ${many}`;
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
    show(question, counts) {
      const found = new Map([...counts[facet]].sort(order));
      for (const v of question[facet]) if (!found.has(v)) found.set(v, 0);
      // While the words stay the same values keep their places, so that nothing moves under the pointer.
      const before = words === question.q ? values.map(([v]) => v).filter((v) => found.has(v)) : [];
      const places = [...new Set([...before, ...found.keys()])];
      const late = (v) => (question[facet].includes(v) && places.indexOf(v) >= SHORT + 2 ? 0 : 1);
      values = places.sort((a, b) => late(a) - late(b)).map((v) => [v, found.get(v)]);
      chosen = question[facet];
      words = question.q;
      root.hidden = !chosen.length && values.length < 2; // one body is no choice
      draw();
    },
  };
}
