/* Minutebook: a list that can be filtered and sorted. The address holds the question, both ways: what is typed and chosen goes
 * into it, and what it holds is asked, after a reload, a step back, or from a link.
 *
 * Until there is a question the table stays as the page brings it, and no rows are fetched.
 */
import { element } from "../search/snippet.js";
import { bar } from "./bar.js";
import { csv } from "./csv.js";
import { Stale, address, open } from "./data.js";
import { NEWEST, everything, find } from "./engine.js";
import { COLUMNS, tellOverdue, tr } from "./rows.js";

const WAIT = 40; // milliseconds after the last key
const BATCH = 25;
const NARROW = matchMedia("(max-width: 44.984375em)"); // as the style sheets have it: rows are blocks then

export async function show(root) {
  const list = root.dataset.listing, columns = COLUMNS[list];
  const table = [...document.querySelectorAll(".mb table")].find(
    (t) => root.compareDocumentPosition(t) & Node.DOCUMENT_POSITION_FOLLOWING,
  );
  const body = table.tBodies[0], brought = body.rows.length;
  const data = await open(list);
  const [one, many] = data.manifest.noun;
  const sorts = Object.entries(columns).filter(([, c]) => c.sort);
  const more = element("button", "mb-more", `More ${many}`), nothing = element("p", "mb-nothing", `No ${one} fits all of this.`);
  more.type = "button";
  (table.closest(".md-typeset__scrollwrap") ?? table).after(nothing, more);
  nothing.hidden = true;

  let question = asked(), turn = 0, rows = [], shown = [], waiting, settled = true;

  /** The question that the address holds. */
  function asked() {
    const given = new URLSearchParams(location.search);
    const chosen = {};
    for (const { name } of data.manifest.facets) {
      const value = (given.get(name) ?? "").replace(/\/$/, "");
      if (value) chosen[name] = value;
    }
    const sort = given.get("sort") ?? "";
    const known = sorts.some(([, c]) => c.sort === sort.replace("-", ""));
    return { q: (given.get("q") ?? "").trim(), chosen, past: given.has(data.manifest.past?.name), sort: known ? sort : NEWEST };
  }

  function addressOf({ q, chosen, past, sort }) {
    const out = new URLSearchParams();
    if (q) out.set("q", q);
    for (const { name } of data.manifest.facets) if (chosen[name]) out.set(name, chosen[name]);
    if (past) out.set(data.manifest.past.name, "yes");
    if (sort !== NEWEST) out.set("sort", sort);
    // an id is easier to read, and to write by hand, with its slash
    return location.pathname + (out.size ? `?${out.toString().replaceAll("%2F", "/")}` : "");
  }

  /** Put rows into the table: all anew, or below those that are there. */
  async function put(numbers, mine, anew) {
    const made = (await data.rows(numbers)).map((row) => tr(list, row));
    if (mine !== turn) return undefined;
    if (anew) body.replaceChildren(...made);
    else body.append(...made);
    shown = anew ? numbers : [...shown, ...numbers];
    tellOverdue(table);
    return made[0];
  }

  function tell(found) {
    const all = data.manifest.count, whole = found.count === all && everything(question);
    const n = found.count.toLocaleString("en");
    pane.said.textContent = whole ? `${n} ${all === 1 ? one : many}` : `${n} of ${all.toLocaleString("en")}${found.done ? "" : " so far"}`;
    nothing.hidden = !found.done || found.count > 0;
    table.hidden = found.done && !found.count;
    more.hidden = shown.length >= found.rows.length;
    offer(found);
  }

  /** The download of what is shown: of everything it is the site's own file. */
  function offer(found) {
    if (everything(question)) {
      const link = element("a", "", "Download all (CSV)");
      link.href = address(`data/${list}.csv`);
      link.setAttribute("download", "");
      pane.download.replaceChildren(link);
      return;
    }
    const button = element("button", "mb-plain", "Download this view (CSV)");
    button.type = "button";
    button.disabled = !found.done || !found.count;
    button.addEventListener("click", () => download(button));
    pane.download.replaceChildren(button);
  }

  async function download(button) {
    const words = button.textContent;
    try {
      const link = element("a");
      link.href = URL.createObjectURL(await csv(data, rows, (n) => { button.textContent = `${n.toLocaleString("en")} of ${rows.length.toLocaleString("en")} …`; }));
      link.download = `${list}.csv`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // some browsers read it later
    } catch (error) {
      failed(error);
    }
    button.textContent = words;
  }

  /** Answer the question, as the shards come in. */
  async function answer(mine) {
    let drawn, work = Promise.resolve();
    await find(data, question, (found) => {
      if (mine !== turn) return;
      rows = found.rows;
      const first = rows.slice(0, BATCH);
      if ((found.done || first.length === BATCH) && first.join() !== drawn) {
        drawn = first.join();
        work = work.then(() => put(first, mine, true));
      }
      work = work.then(() => {
        if (mine !== turn) return;
        tell(found);
        if (found.done) pane.show(question, found.counts);
      });
    });
    await work;
  }

  function failed(error) {
    console.warn("The list could not be loaded.", error);
    pane.said.textContent = error instanceof Stale
      ? "The site was published again since this page was opened. Load the page again."
      : "The list could not be loaded. Check the connection and try again.";
  }

  async function ask(next, how) {
    const mine = (turn += 1);
    question = next;
    const there = addressOf(question);
    if (how && there !== location.pathname + location.search) history[`${how}State`](null, "", there);
    pane.show(question, {});
    head();
    body.setAttribute("aria-busy", "true");
    try {
      await answer(mine);
    } catch (error) {
      if (mine === turn) failed(error);
    }
    if (mine !== turn) return;
    body.removeAttribute("aria-busy");
    if (everything(question)) reached();
  }

  /** Ask for what was chosen, and for what stands in the field, typed a moment ago or not. */
  function settle({ chosen = {}, ...rest }) {
    clearTimeout(waiting);
    const all = { ...question.chosen, ...chosen };
    for (const [name, value] of Object.entries(all)) if (!value) delete all[name];
    if ("q" in rest) pane.input.value = rest.q;
    ask({ ...question, q: pane.input.value.trim(), ...rest, chosen: all }, "push");
    settled = true;
  }

  /** The reader goes to the filters: fetch what they look at, and say how many each choice would leave. */
  async function reached() {
    try {
      await Promise.all(data.shards.map((_, k) => data.columns(k)));
      if (!everything(question)) return;
      await find(data, question, (found) => {
        if (found.done && everything(question)) pane.show(question, found.counts);
      }, true);
    } catch (error) {
      console.warn("The filters could not be loaded.", error); // and will be asked for again when one is used
    }
  }

  /** The headings as buttons that sort; on phones, where nobody sees them, as headings. */
  function head() {
    for (const th of table.tHead.rows[0].cells) {
      const name = th.textContent.trim(), { sort } = columns[name];
      if (!sort) continue;
      const now = question.sort === sort ? "ascending" : question.sort === `-${sort}` ? "descending" : "none";
      th.setAttribute("aria-sort", now);
      if (NARROW.matches) th.textContent = name;
      else if (!th.querySelector("button")) {
        const button = element("button", "mb-sort", name);
        button.type = "button";
        button.addEventListener("click", () => settle({ sort: question.sort === sort ? `-${sort}` : sort }));
        th.replaceChildren(button);
      }
    }
  }

  const orders = sorts.flatMap(([name, { sort }]) => (
    sort === "meeting" ? [[NEWEST, "Newest first"], [sort, "Oldest first"]] : [[sort, name], [`-${sort}`, `${name}, backwards`]]
  ));
  const pane = bar(root, data, orders, {
    reached,
    changed: settle,
    typed(q) {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        ask({ ...question, q }, settled ? "push" : "replace");
        settled = false;
      }, WAIT);
    },
  });
  more.addEventListener("click", async () => {
    try {
      const first = await put(rows.slice(shown.length, shown.length + BATCH), turn, false);
      more.hidden = shown.length >= rows.length;
      first?.querySelector("a").focus(); // the reader goes on from here
    } catch (error) {
      failed(error);
    }
  });
  NARROW.addEventListener("change", head);
  addEventListener("popstate", () => {
    if (!root.isConnected) return;
    clearTimeout(waiting);
    settled = true;
    pane.input.value = asked().q;
    ask(asked());
  });
  tellOverdue(table);
  if (!everything(question) || question.sort !== NEWEST) return ask(question, "replace");
  // the page has brought the first rows
  await find(data, question, (found) => {
    rows = found.rows;
    shown = rows.slice(0, brought);
    pane.show(question, {});
    head();
    tell(found);
  });
}
