/* Minutebook: suggestions below a search box.
 *
 * People, organisations and topics come first, then places in the record, then all results.
 */
import { listbox } from "../listbox.js";
import { again } from "./data.js";
import { letters, named, places } from "./engine.js";
import { remember } from "./marks.js";
import { element, place, snippet } from "./snippet.js";

const WAIT = 80; // milliseconds after the last key

export function suggest(form) {
  const input = form.querySelector("input");
  const list = element("div", "mb-box__list");
  form.append(list);
  let asked = 0, waiting;
  const options = listbox(input, list, "Suggestions", {
    wanted: look,
    taken: (option) => option.click(),
    escaped: () => input.blur(),
  });

  function option(href, ...children) {
    const link = element("a", "mb-box__option", ...children);
    link.href = href;
    link.tabIndex = -1;
    return link;
  }

  function everything(q) {
    const address = new URL(form.action);
    address.search = new URLSearchParams({ q });
    return option(address.href, element("span", "mb-box__all", `All results for “${q}”`));
  }

  /** Where a place stands; with the body, where an archive has several. */
  const where = (row) => [place(row), row.several && row.body].filter(Boolean).join(" · ");

  async function found(q) {
    const [profiles, { rows, found: sought }, fold] = await Promise.all([named(q, 3), places(q, 4), letters()]);
    return [
      ...profiles.map((row) => option(row.url, element("b", "", row.title), element("small", "", place(row)))),
      ...rows.map((row) => {
        const { node, marked } = snippet(row, sought, fold);
        const link = option(row.url, element("b", "", row.title), element("small", "", where(row)), element("span", "mb-box__words", node));
        remember(link, marked);
        return link;
      }),
    ];
  }

  async function look() {
    const q = input.value.trim(), mine = asked += 1;
    if (!q) return options.close();
    let there = [];
    try {
      there = await again(() => found(q));
    } catch (error) {
      console.warn("The search could not be loaded.", error); // the page of the search says so to the reader
    }
    if (mine === asked && form.contains(document.activeElement)) options.show([...there, everything(q)]);
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, WAIT);
  });
  input.addEventListener("focus", () => { if (input.value.trim()) look(); });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) options.close(); });
  list.addEventListener("click", options.close); // where the link leads to a place on this very page
  if (document.activeElement === input && input.value.trim()) look();
}
