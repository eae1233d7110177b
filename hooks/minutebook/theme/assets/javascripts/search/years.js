/* Minutebook: a range of years, from and to. */
import { element } from "./snippet.js";

export function years(changed) {
  const [from, to] = ["from", "to"].map(() => element("select"));
  const field = (words, select) => element("label", "", element("span", "", words), select);
  const root = element("fieldset", "mb-facets__years", element("legend", "", "Years"), element("div", "", field("from", from), field("to", to)));
  let known = [], all = [];
  root.hidden = true;
  from.addEventListener("change", () => choose(Number(from.value), Number(to.value), "from"));
  to.addEventListener("change", () => choose(Number(from.value), Number(to.value), "to"));

  /** A range that ends before it begins is the one year that was chosen last. */
  function choose(first, last, which) {
    if (first && last && first > last) [first, last] = which === "from" ? [first, first] : [last, last];
    changed({ from: first, to: last });
  }

  function fill(select, any, chosen) {
    const years_ = known.includes(chosen) || !chosen ? known : [...known, chosen].sort((a, b) => b - a);
    if (select.dataset.years !== `${years_}`) {
      select.dataset.years = `${years_}`;
      select.replaceChildren(new Option(any, "0"), ...years_.map((year) => new Option(year, year)));
    }
    select.value = chosen;
  }

  return {
    root,
    show({ from: first, to: last }, counts) {
      all = counts.every ?? all;
      known = [...all].sort((a, b) => b - a);
      fill(from, "the first", first);
      fill(to, "the last", last);
      root.hidden = !first && !last && known.length < 2;
    },
  };
}
