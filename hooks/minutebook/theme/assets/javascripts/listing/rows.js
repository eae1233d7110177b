/* Minutebook: the rows of a list, as the templates of the pages make them (render/templates/_index.md.jinja); nodes, never HTML. */
import { address, day, today } from "./data.js";
import { element } from "../search/snippet.js";

const STATES = { reported: "reported on again", carried_forward: "carried forward" };
const WRITTEN = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" };

/** A day in words: "3 May 2021". */
const said = (date) => new Date(date).toLocaleDateString("en-GB", WRITTEN);

const counted = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;

function link(path, words) {
  const a = element("a", "", words);
  a.href = address(path);
  return a;
}

/** Nodes with a comma between each two. */
const listed = (nodes) => nodes.flatMap((node, k) => (k ? [", ", node] : [node]));

const people = (who) => listed((who ?? []).map(([name, path]) => (path ? link(path, name) : name)));

/** Small print below what stands above it. */
const below = (above, nodes) => (nodes.length ? [...(above ? [element("br")] : []), element("small", "", ...nodes)] : []);

function place(row, noun) {
  const date = link(`meetings/${row.meeting.id}/#${noun}-${row.n}`, said(row.meeting.date));
  const where = [row.meeting.body, row.item].filter(Boolean).join(" · ");
  return [date, ...below(true, where ? [where] : [])];
}

const isOpen = (row) => !["done", "dropped", "superseded"].includes(row.status);

function due(row) {
  if (!row.due) return [];
  if (!isOpen(row)) return [said(row.due)];
  const time = element("time", "", said(row.due));
  time.dateTime = row.due;
  return [time];
}

function status({ status: state, silent, heard, ...row }) {
  const parts = [];
  if (heard) {
    const when = heard.at ? [link(heard.at, said(heard.date))] : [said(heard.date)];
    if (!heard.at && heard.text) when.push(`: ${heard.text}`);
    if (heard.by) when.push(", by ", link(heard.by, "a later one"));
    parts.push(when);
  }
  if (silent && isOpen({ status: state, ...row })) parts.push([`silent for ${counted(silent, "meeting")}`]);
  return [STATES[state] ?? state, ...below(true, parts.flatMap((part, k) => (k ? [", ", ...part] : part)))];
}

function decision(row) {
  const elected = row.elected ? [`${row.kind}: `, ...people(row.elected)] : row.kind === "decision" ? [] : [row.kind];
  return [row.text, ...below(true, elected)];
}

function result({ result: words, votes }) {
  const figures = ["for", "against", "abstained"].flatMap((how, k) => (votes?.[k] == null ? [] : [`${votes[k]} ${how}`]));
  return [...(words ? [words] : []), ...below(words, figures.length ? [figures.join(", ")] : [])];
}

/** Heading of a column -> what it sorts by, and a row's nodes in it. */
export const COLUMNS = {
  actions: {
    Meeting: { sort: "meeting", cell: (row) => place(row, "action") },
    Action: { cell: (row) => [row.text] },
    Owner: { sort: "owner", cell: (row) => (row.owners ? people(row.owners) : ["nobody named"]) },
    Due: { sort: "due", cell: due },
    Status: { sort: "status", cell: status },
  },
  decisions: {
    Meeting: { sort: "meeting", cell: (row) => place(row, "decision") },
    Decision: { sort: "kind", cell: decision },
    "Moved, seconded": {
      sort: "mover",
      cell: (row) => [...people(row.movers), ...below(row.movers, row.seconders ? ["seconded by ", ...people(row.seconders)] : [])],
    },
    Result: { cell: result },
  },
};

/** A row of the table. Roles are set because a table that phones show as blocks loses them, as minutebook.js does. */
export function tr(list, row) {
  const cells = Object.entries(COLUMNS[list]).map(([heading, { cell }]) => {
    const td = element("td", "", ...cell(row));
    td.setAttribute("role", "cell");
    if (td.textContent.trim()) td.dataset.label = heading;
    return td;
  });
  const out = element("tr", "", ...cells);
  out.setAttribute("role", "row");
  return out;
}

/** Say beside the days in a table that they are past. Only what is open has its day in such an element. */
export function tellOverdue(table) {
  const now = today();
  for (const time of table.querySelectorAll("td time:not(.mb-overdue)")) {
    if (day(time.dateTime) >= now) continue;
    time.className = "mb-overdue";
    time.after(element("br"), element("small", "", "overdue"));
  }
}
