/* Minutebook: the rows of a view as CSV (RFC 4180), made in the browser: the columns of data/<list>.csv that the shards hold.
 * A cell that a spreadsheet would take for a formula begins with an apostrophe, as in the site's own files.
 */
import { address } from "./data.js";

const AT_ONCE = 400; // rows
const names = (who) => (who ?? []).map(([name]) => name).join("; ");
const ids = (who) => (who ?? []).flatMap(([, path]) => (path ? [path.replace(/\/$/, "")] : [])).join("; ");

const COLUMNS = {
  actions: {
    id: (row) => `${row.meeting.id}/action-${row.n}`,
    address: (row) => address(`meetings/${row.meeting.id}/#action-${row.n}`),
    body: (row) => row.meeting.body,
    date: (row) => row.meeting.date,
    item: (row) => row.item,
    number: (row) => row.called,
    text: (row) => row.text,
    owners: (row) => names(row.owners),
    owner_ids: (row) => ids(row.owners),
    due: (row) => row.due,
    status: (row) => row.status,
    last_heard: (row) => row.heard?.date,
    evidence: (row) => (row.heard?.at ? address(row.heard.at) : row.heard?.text),
    silent_for: (row) => row.silent ?? 0,
  },
  decisions: {
    id: (row) => `${row.meeting.id}/decision-${row.n}`,
    address: (row) => address(`meetings/${row.meeting.id}/#decision-${row.n}`),
    body: (row) => row.meeting.body,
    date: (row) => row.meeting.date,
    item: (row) => row.item,
    kind: (row) => row.kind,
    text: (row) => row.text,
    movers: (row) => names(row.movers),
    seconders: (row) => names(row.seconders),
    elected: (row) => names(row.elected),
    result: (row) => row.result,
    in_favour: (row) => row.votes?.[0],
    against: (row) => row.votes?.[1],
    abstained: (row) => row.votes?.[2],
  },
};

function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A file of rows, given by their numbers. `told` is called with how many have come in. */
export async function csv(list, data, numbers, told) {
  const columns = Object.entries(COLUMNS[list]);
  const lines = [columns.map(([name]) => name)];
  for (let at = 0; at < numbers.length; at += AT_ONCE) {
    const rows = await data.rows(numbers.slice(at, at + AT_ONCE));
    for (const row of rows) lines.push(columns.map(([, value]) => cell(value(row))));
    told(lines.length - 1);
  }
  // the mark tells a spreadsheet that this is UTF-8
  return new Blob(["\ufeff", ...lines.map((line) => `${line.join(",")}\r\n`)], { type: "text/csv;charset=utf-8" });
}
