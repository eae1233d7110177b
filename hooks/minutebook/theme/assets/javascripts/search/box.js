/* Minutebook: suggestions below a search box, as the ARIA practices describe an editable combobox with a list.
 *
 * People, organisations and topics come first, then places in the record, then all results. The focus stays in the box;
 * the arrows choose, Enter goes there, Escape closes.
 */
import { places, profiles } from "./engine.js";
import { element, place, snippet } from "./snippet.js";

const WAIT = 120; // milliseconds after the last key
let boxes = 0;

export function suggest(form) {
  const input = form.querySelector("input");
  const list = element("div", "mb-box__list");
  list.id = `mb-suggestions-${boxes += 1}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  form.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  let active = -1, asked = 0, waiting;

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function choose(k) {
    active = k;
    [...list.children].forEach((option, n) => option.setAttribute("aria-selected", n === k));
    if (k < 0) input.removeAttribute("aria-activedescendant");
    else {
      input.setAttribute("aria-activedescendant", list.children[k].id);
      list.children[k].scrollIntoView({ block: "nearest" });
    }
  }

  function option(href, ...children) {
    const link = element("a", "mb-box__option", ...children);
    link.href = href;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    return link;
  }

  function everything(q) {
    const address = new URL(form.action);
    address.search = new URLSearchParams({ q });
    return option(address.href, element("span", "mb-box__all", `All results for “${q}”`));
  }

  function fill(q, named, found) {
    list.replaceChildren(
      ...named.map((hit) => option(hit.url, element("b", "", hit.title), element("small", "", place(hit)))),
      ...found.map((hit) => option(
        hit.url, element("b", "", hit.title), element("small", "", place(hit)), element("span", "mb-box__words", snippet(hit.excerpt)),
      )),
      everything(q),
    );
    [...list.children].forEach((o, k) => { o.id = `${list.id}-${k}`; });
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    choose(-1);
  }

  async function look() {
    const q = input.value.trim(), mine = asked += 1;
    if (!q) return close();
    let found = [[], []];
    try {
      found = await Promise.all([profiles(q, 3), places(q, 4)]);
    } catch (error) {
      console.warn("The search could not be loaded.", error); // the page of the search says so to the reader
    }
    if (mine === asked && form.contains(document.activeElement)) fill(q, ...found);
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, WAIT);
  });
  input.addEventListener("focus", () => { if (input.value.trim()) look(); });
  form.addEventListener("focusout", (event) => { if (!form.contains(event.relatedTarget)) close(); });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the box
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Escape") {
      if (!list.hidden) event.preventDefault(); // the first time it closes the list, the second time it empties the box
      else input.blur();
      close();
    } else if (list.hidden) {
      if (event.key === "ArrowDown") look();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = active + (event.key === "ArrowDown" ? 1 : -1);
      choose(next > last ? -1 : next < -1 ? last : next);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      list.children[active].click();
    }
  });
  list.addEventListener("click", close); // where the link leads to a place on this very page
  if (document.activeElement === input && input.value.trim()) look();
}
