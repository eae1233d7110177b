/* Minutebook: a field with a list below it to choose from, as the ARIA practices describe an editable combobox with a list.
 *
 * The focus stays in the field; the arrows choose, Enter takes, Escape closes.
 */
let lists = 0;

/**
 * Make a combobox of a field and a list: {show(options), close(), open (whether it is)}. Options are elements.
 *
 * `wanted` is called when the reader asks for the list with an arrow; `taken(option)` when one was chosen; `entered(event)`
 * when Enter was pressed and none is; `escaped(event)` when Escape was and the list is closed.
 */
export function listbox(input, list, label, { wanted, taken, entered, escaped }) {
  let active = -1;
  list.id = `mb-list-${lists += 1}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label);
  for (const [name, value] of Object.entries({
    role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  function point(k) {
    active = k;
    [...list.children].forEach((option, n) => option.setAttribute("aria-selected", n === k));
    if (k < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[k].id);
    list.children[k].scrollIntoView({ block: "nearest" });
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    point(-1);
  }

  function show(options) {
    list.replaceChildren(...options);
    options.forEach((option, k) => {
      option.id = `${list.id}-${k}`;
      option.setAttribute("role", "option");
    });
    if (!options.length) return close();
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    point(-1);
  }

  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "Escape") {
      if (list.hidden) escaped?.(event);
      else event.preventDefault(); // the first time it closes the list
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden) return event.key === "ArrowDown" ? wanted(event) : undefined;
      event.preventDefault();
      const next = active + (event.key === "ArrowDown" ? 1 : -1);
      point(next > last ? -1 : next < -1 ? last : next);
    } else if (event.key === "Enter") {
      if (!list.hidden && active >= 0) {
        event.preventDefault();
        taken(list.children[active], event);
      } else entered?.(event, list.hidden ? [] : [...list.children]);
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the field
  return { show, close, get open() { return !list.hidden; } };
}
