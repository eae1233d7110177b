/* Minutebook: what stands beside the results of a search, to narrow it. */
import { checks } from "./checks.js";
import { chosen, free } from "./question.js";
import { seeker } from "./seeker.js";
import { NOUN, element } from "./snippet.js";
import { years } from "./years.js";

/** Fill `root` with facets; `changed(choice)` is called when the reader chooses. Gives {show(question, answer, rows)}. */
export function facets(root, changed) {
  const kinds = Object.keys(NOUN);
  const groups = [
    checks({ facet: "kind", legend: "What", many: "kinds", name: (kind) => NOUN[kind], order: (a, b) => kinds.indexOf(a[0]) - kinds.indexOf(b[0]) }, changed),
    checks({ facet: "body", legend: "Body", many: "bodies", order: (a, b) => b[1] - a[1] || a[0].localeCompare(b[0]) }, changed),
    years(changed),
    seeker({ facet: "person", legend: "Person", field: "Find a person" }, changed),
    seeker({ facet: "organisation", legend: "Organisation", field: "Find an organisation" }, changed),
    seeker({ facet: "topic", legend: "Topic", field: "Find a topic" }, changed),
  ];
  const clear = element("button", "mb-plain", "Clear all");
  const open = element("button", "mb-facets__open", "Narrow the search");
  const all = element("div", "mb-facets__all", ...groups.map((group) => group.root), clear);
  all.id = "mb-facets";
  for (const button of [clear, open]) button.type = "button";
  clear.hidden = open.hidden = true; // until there is something to choose
  open.setAttribute("aria-controls", all.id);
  open.setAttribute("aria-expanded", "false");
  open.addEventListener("click", () => open.setAttribute("aria-expanded", open.getAttribute("aria-expanded") === "false"));
  clear.addEventListener("click", () => {
    changed(free({}));
    [open, ...root.querySelectorAll("input, select")].find((e) => e.offsetParent)?.focus(); // the button goes, and the reader stays here
  });
  root.replaceChildren(open, all);
  return {
    show(question, counts, rows) {
      const focus = root.contains(document.activeElement) ? document.activeElement : null;
      const number = chosen(question);
      clear.hidden = !number;
      open.hidden = false;
      open.textContent = number ? `Narrow the search (${number} chosen)` : "Narrow the search";
      for (const group of groups) group.show(question, counts, rows);
      if (focus && document.activeElement !== focus && focus.isConnected) focus.focus();
    },
  };
}
