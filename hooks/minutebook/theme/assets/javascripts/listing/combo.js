/* Minutebook: a field that suggests names, as the ARIA practices describe an editable combobox with a list.
 *
 * The focus stays in the field; the arrows choose, Enter takes, Escape closes. Emptied, it filters nothing.
 */
import { element } from "../search/snippet.js";
import { words } from "./words.js";

const LONG = 60;
let fields = 0;

/**
 * A field: {root, input, show(id, label, offers)}. `offers` are [[id, label, number], ...], the ones to suggest first, or
 * undefined while they are not known. `reached` is called when the reader goes there, `changed(id)` when they chose.
 */
export function combo({ label, any }, letters, reached, changed) {
  const input = element("input"), list = element("div", "mb-combo__list");
  const root = element("div", "mb-combo", input, list);
  input.id = `mb-filter-${fields += 1}`;
  list.id = `${input.id}-list`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  for (const [name, value] of Object.entries({
    type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", placeholder: any,
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  let chosen = "", name = "", offers, active = -1, typed = false;

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    point(-1);
  }

  function point(k) {
    active = k;
    [...list.children].forEach((option, n) => option.setAttribute("aria-selected", n === k));
    if (k < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[k].id);
    list.children[k].scrollIntoView({ block: "nearest" });
  }

  /** The offers that fit what was typed: each of its words begins one of the name's. */
  function fitting() {
    const sought = typed ? words(input.value, letters) : [];
    if (!sought.length) return offers;
    return offers.filter(([, of]) => {
      const there = words(of, letters);
      return sought.every((start) => there.some((word) => word.startsWith(start)));
    });
  }

  function open() {
    if (!offers) return;
    const fit = fitting();
    list.replaceChildren(...fit.slice(0, LONG).map(([id, of, number], k) => {
      const option = element("div", "mb-combo__option", element("span", "", of), " ", element("small", "", number.toLocaleString("en")));
      option.id = `${list.id}-${k}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.id = id;
      option.dataset.name = of;
      return option;
    }));
    if (!fit.length) return close();
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    point(-1);
  }

  function take(id, of) {
    typed = false;
    input.value = of;
    close();
    if (id !== chosen) changed(id);
    [chosen, name] = [id, of];
  }

  /** Leave the field as it stands: empty, or with a name that can be meant. */
  function settle() {
    const empty = !input.value.trim();
    if (!typed || !(offers || empty)) return; // the names are on their way
    const exact = offers?.find(([, of]) => of.toLowerCase() === input.value.trim().toLowerCase());
    if (empty) take("", "");
    else if (exact) take(exact[0], exact[1]);
    else take(chosen, name);
  }

  input.addEventListener("focus", () => {
    reached();
    input.select();
  });
  input.addEventListener("click", open);
  input.addEventListener("input", () => {
    typed = true;
    open();
  });
  input.addEventListener("blur", () => {
    settle();
    close();
  });
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Escape") {
      if (list.hidden && typed) take(chosen, name);
      if (!list.hidden) event.preventDefault();
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return open();
      const next = active + (event.key === "ArrowDown" ? 1 : -1);
      point(next > last ? -1 : next < -1 ? last : next);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const option = list.hidden ? undefined : list.children[active] ?? (typed && last === 0 ? list.children[0] : undefined);
      if (option) take(option.dataset.id, option.dataset.name);
      else settle();
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) take(option.dataset.id, option.dataset.name);
  });

  return {
    root,
    input,
    show(id, label_, known) {
      const waiting = !offers && known && document.activeElement === input && (typed || !chosen);
      offers = known ?? offers;
      [chosen, name] = [id, label_];
      if (!typed) input.value = label_;
      if (waiting || !list.hidden) open();
      if (typed && known && document.activeElement !== input) settle(); // typed before the names were there
    },
  };
}
