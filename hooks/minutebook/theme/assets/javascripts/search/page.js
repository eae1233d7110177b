/* Minutebook: the page of the search. The address holds the question, both ways: what is typed and chosen goes into it,
 * and what it holds is asked, after a reload, a step back, or from a link.
 */
import { again, isStale } from "./data.js";
import { find, letters, named } from "./engine.js";
import { facets } from "./facets.js";
import { asked, chosen, searchOf } from "./question.js";
import { grouped, offered, ways } from "./results.js";
import { asPhrases, holds } from "./snippet.js";

const WAIT = 80; // milliseconds after the last key
const SLOW = 400; // milliseconds after which it is said that something is under way
const BATCH = 10;
const FAR = 300; // results that are shown again at once, at most

/** How many results there are; at most so many while some are not shown that may not really have a long phrase. */
function counted({ q, found, shown, dropped }) {
  const n = found.results.length - dropped, most = shown < found.results.length && found.found.some(long);
  return `${most ? "At most " : ""}${n.toLocaleString("en")} ${n === 1 ? "result" : "results"}${q ? ` for “${q}”` : ""}`;
}

/** A phrase of which the index does not know whether a place really has it. */
const long = ({ phrase }) => phrase?.length > 2;

/** An answer without results that turned out not to have what was asked for. */
const none = (found) => ({ ...found, results: { length: 0 }, missing: [...found.missing, ...found.found.filter(long).map(({ typed }) => typed)] });

export function show(root) {
  const form = root.querySelector("form");
  const input = form.querySelector("input[type=search]");
  const sort = root.querySelector("select");
  const said = root.querySelector("[role=status]");
  const offers = root.querySelector(".mb-offers");
  const list = root.querySelector(".mb-found");
  const more = root.querySelector(".mb-more");
  const nothing = root.querySelector(".mb-nothing");
  const browse = root.querySelector(".mb-ways");
  const pane = facets(root.querySelector(".mb-facets"), (choice) => settle(choice));
  let question = asked(location.search), turn = 0, answer, waiting, slow;
  let settled = true; // whether the address is a search to come back to, and no word that is still being typed

  /** The next rows of an answer that are to be shown: those that really have what was asked for, and are not offered above. */
  async function next(of) {
    const { found, without, fold } = of, rows = [];
    let { shown, dropped } = of;
    while (rows.length < BATCH && shown < found.results.length) {
      const numbers = found.results.from(shown, shown + BATCH - rows.length);
      shown += numbers.length;
      for (const row of await found.read(numbers)) {
        if (!holds(row, found.found, fold)) dropped += 1;
        else if (!without.has(row.url)) rows.push(row);
      }
    }
    Object.assign(of, { shown, dropped }); // once they are there: what could not be fetched is asked for again
    return rows;
  }

  /** Where the reader is, kept with the address, so that a step back leads there again. */
  const keep = () => history.replaceState({ shown: answer?.shown ?? 0, top: scrollY }, "");

  async function answered(mine, before) {
    const narrow = chosen(question) > 0, empty = !question.q && !narrow;
    const [found, meant, fold] = await Promise.all([find(question), question.q && !narrow ? named(question.q, 3) : [], letters()]);
    const without = new Set(meant.map((row) => row.url));
    const latest = { q: question.q, found, without, fold, shown: 0, dropped: 0 };
    const rows = await next(latest), further = [];
    const upTo = Math.min(before?.shown ?? 0, found.results.length, FAR);
    while (latest.shown < upTo) further.push(await next(latest));
    const there = found.results.length > latest.dropped;
    const more_ = empty || (there && !found.some) ? [] : await ways(question, there ? found : none(found));
    if (mine !== turn) return; // another question was asked; and all that follows changes the page at once
    latest.sought = [...found.found, ...asPhrases([...question.person, ...question.organisation], fold)];
    answer = latest;
    pane.show(question, found.counts, rows);
    said.textContent = empty ? "" : counted(answer);
    offers.replaceChildren(...offered(meant));
    offers.hidden = !meant.length;
    nothing.replaceChildren(...more_);
    nothing.hidden = !more_.length;
    browse.hidden = !empty && found.results.length > 0;
    sort.closest("label").hidden = !question.q || found.results.length < 2; // without words the newest come first
    root.toggleAttribute("data-empty", empty);
    list.replaceChildren(...[rows, ...further].flatMap((batch) => grouped(batch, answer.sought, fold)));
    more.hidden = answer.shown >= found.results.length;
    if (Number.isFinite(before?.top)) scrollTo(0, before.top);
  }

  function failed(error) {
    console.warn("The search could not be loaded.", error);
    said.textContent = "The search could not be loaded. Check the connection and try again.";
    browse.hidden = false;
  }

  async function ask(asked_, how, before) {
    const mine = turn += 1;
    question = asked_;
    const address = location.pathname + searchOf(question);
    if (how && address !== location.pathname + location.search) history[`${how}State`](null, "", address);
    sort.value = question.sort;
    list.setAttribute("aria-busy", "true");
    clearTimeout(slow);
    slow = setTimeout(() => { if (question.q || chosen(question)) said.textContent = "Searching …"; }, SLOW);
    try {
      await again(() => answered(mine, before));
    } catch (error) {
      if (mine === turn) failed(error);
    }
    if (mine === turn) clearTimeout(slow);
    if (mine === turn) list.removeAttribute("aria-busy");
  }

  /** Ask for what was chosen, and for what stands in the box, typed a moment ago or not. */
  function settle(choice) {
    clearTimeout(waiting);
    ask({ ...question, q: input.value.trim(), ...choice }, "push");
    settled = true;
  }

  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      ask({ ...question, q: input.value.trim() }, settled && location.search ? "push" : "replace");
      settled = false;
    }, WAIT);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    settle({});
  });
  sort.addEventListener("change", () => settle({ sort: sort.value }));
  more.addEventListener("click", async () => {
    const of = answer;
    if (of.fetching) return;
    of.fetching = true;
    try {
      const groups = grouped(await next(of), of.sought, of.fold);
      if (of !== answer) return; // another question was answered
      said.textContent = counted(of);
      list.append(...groups);
      more.hidden = of.shown >= of.found.results.length;
      groups[0]?.querySelector("a").focus(); // the button may be gone, and the reader goes on from here
    } catch (error) {
      if (of !== answer) return;
      if (isStale(error)) await ask(question); // published again meanwhile: the results may be others now
      else failed(error);
    } finally {
      of.fetching = false;
    }
  });
  // ways on are questions too, and answered here
  nothing.addEventListener("click", (event) => {
    const way = event.target.closest("a");
    if (!way || way.pathname !== location.pathname || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const to = asked(way.search);
    input.value = to.q;
    ask(to, "push");
    input.focus();
  });
  root.addEventListener("click", (event) => { if (event.target.closest(".mb-found a, .mb-offers a")) keep(); });
  addEventListener("popstate", () => {
    if (!root.isConnected) return;
    clearTimeout(waiting);
    settled = true;
    const back = asked(location.search);
    input.value = back.q;
    ask(back, "", history.state);
  });
  if (input.value.trim()) question.q = input.value.trim(); // typed before this was loaded
  else input.value = question.q;
  ask(question, "replace", history.state);
}
