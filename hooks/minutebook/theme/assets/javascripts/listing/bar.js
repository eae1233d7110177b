/* Minutebook: the bar of filters above a list. It shows a question and tells what the reader changes in it. */
import { element } from "../search/snippet.js";
import { combo } from "./combo.js";

let bars = 0;

function field(label, control, cls = "") {
  const name = element("label", "", label);
  name.htmlFor = control.id;
  return element("div", `mb-filters__field ${cls}`.trim(), name, control.closest(".mb-combo") ?? control);
}

function button(words, cls) {
  const b = element("button", cls, words);
  b.type = "button";
  return b;
}

/**
 * Fill `root`: {show(question, counts), said, download, reset, input}. `on` has `reached()` (the reader goes to a filter),
 * `typed(q)`, and `changed({q?, past?, sort?, chosen?: {facet: id}})`.
 */
export function bar(root, data, sorts, on) {
  const { manifest, facets } = data, id = `mb-filters-${bars += 1}`;
  const input = element("input");
  Object.assign(input, { type: "search", id: `${id}-q`, autocomplete: "off" });
  input.addEventListener("input", () => on.typed(input.value.trim()));

  const fields = manifest.facets.map((facet) => (facet.kind === "name" ? named(facet) : listed(facet)));

  /** A field for names: its suggestions are what the other filters leave, the most frequent first. */
  function named(facet) {
    const { ids, labels, find } = facets[facet.name];
    const choose = (value) => on.changed({ chosen: { [facet.name]: value } });
    const made = combo(facet, manifest.fold, on.reached, choose);
    return {
      root: field(facet.label, made.input, "mb-filters__name"),
      show(value, counts) {
        const offers = counts && [...counts.entries()].filter(([, n]) => n).map(([k, n]) => [ids[k], labels[k], n]);
        offers?.sort((a, b) => b[2] - a[2] || a[1].localeCompare(b[1], "en"));
        made.show(value, value && (labels[find(value)] ?? value), offers);
      },
    };
  }

  /** A list to choose from, with how many rows each choice would leave. */
  function listed(facet) {
    const { ids, labels, find } = facets[facet.name];
    const select = element("select");
    select.id = `${id}-${facet.name}`;
    select.append(new Option(facet.any, ""), ...ids.map((value, k) => new Option(labels[k], value)));
    select.addEventListener("change", () => on.changed({ chosen: { [facet.name]: select.value } }));
    return {
      root: field(facet.label, select),
      show(value, counts) {
        if (value && ![...select.options].some((o) => o.value === value)) select.append(new Option(value, value));
        select.value = value;
        for (const option of counts ? [...select.options].slice(1) : []) {
          const of = facet.groups?.[option.value] ?? [option.value];
          const n = of.reduce((sum, one) => sum + (counts[find(one)] ?? 0), 0);
          const words = `${labels[find(option.value)] ?? option.value} (${n.toLocaleString("en")})`;
          if (option.textContent !== words) option.textContent = words;
        }
      },
    };
  }

  const past = element("input"), pastLabel = element("label", "mb-filters__check", past, manifest.past?.label ?? "");
  past.type = "checkbox";
  past.addEventListener("change", () => on.changed({ past: past.checked }));

  // on phones, where the headings cannot be pressed
  const order = element("select");
  order.id = `${id}-sort`;
  for (const [value, words] of sorts) order.append(new Option(words, value));
  order.addEventListener("change", () => on.changed({ sort: order.value }));

  const open = button("Filter and sort", "mb-filters__open");
  const all = element(
    "div", "mb-filters__all", ...fields.map((f) => f.root), ...(manifest.past ? [pastLabel] : []), field("Order", order, "mb-filters__order"),
  );
  all.id = `${id}-all`;
  open.setAttribute("aria-controls", all.id);
  open.setAttribute("aria-expanded", "false");
  open.addEventListener("click", () => open.setAttribute("aria-expanded", open.getAttribute("aria-expanded") === "false"));

  const said = element("p", "mb-filters__said"), reset = button("Clear all", "mb-plain");
  said.setAttribute("role", "status");
  const download = element("span", "mb-filters__download");
  const form = element(
    "form", "mb-filters", field("Contains", input, "mb-filters__q"), open, all, element("div", "mb-filters__foot", said, reset, download),
  );
  form.setAttribute("role", "search");
  form.setAttribute("aria-label", `Filter the ${manifest.noun[1]}`);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    on.changed({});
  });
  for (const sign of ["focusin", "pointerenter"]) form.addEventListener(sign, on.reached, { once: true });
  reset.addEventListener("click", () => {
    on.changed({ q: "", past: false, chosen: Object.fromEntries(manifest.facets.map(({ name }) => [name, ""])) });
    input.focus(); // the button goes
  });
  root.replaceChildren(form);

  return {
    input,
    said,
    download,
    show(question, counts) {
      const chosen = Object.keys(question.chosen).length + (question.past ? 1 : 0);
      if (document.activeElement !== input) input.value = question.q;
      past.checked = question.past;
      order.value = question.sort;
      reset.hidden = !chosen && !question.q;
      open.textContent = chosen ? `Filter and sort (${chosen} chosen)` : "Filter and sort";
      manifest.facets.forEach(({ name }, k) => fields[k].show(question.chosen[name] ?? "", counts[name]));
    },
  };
}
