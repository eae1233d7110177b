/* Minutebook: a question, and the address that holds it.
 *
 * {q, sort ("best" or "newest"), kind: [], body: [], person: [], organisation: [], topic: [], from, to (years, or 0)}
 */
import { KINDS } from "./data.js";

export const LISTS = ["kind", "body", "person", "organisation", "topic"];

/** The question that an address holds. */
export function asked(search) {
  const given = new URLSearchParams(search);
  const question = { q: (given.get("q") ?? "").trim(), sort: given.get("sort") === "newest" ? "newest" : "best" };
  for (const facet of LISTS) question[facet] = [...new Set(given.getAll(facet))].filter(Boolean);
  const year = (name) => (/^\d{4}$/.test(given.get(name)) ? Number(given.get(name)) : 0);
  const single = given.getAll("year").filter((value) => /^\d{4}$/.test(value)).map(Number); // as addresses had it before
  question.from = year("from") || (single.length ? Math.min(...single) : 0);
  question.to = year("to") || (single.length ? Math.max(...single) : 0);
  if (question.from && question.to && question.from > question.to) [question.from, question.to] = [question.to, question.from];
  question.kind = question.kind.filter((kind) => KINDS.includes(kind));
  return question;
}

/** What an address holds of a question, behind its path. */
export function searchOf(question) {
  const out = new URLSearchParams();
  if (question.q) out.set("q", question.q);
  for (const facet of LISTS) for (const value of question[facet]) out.append(facet, value);
  for (const end of ["from", "to"]) if (question[end]) out.set(end, question[end]);
  if (question.sort === "newest") out.set("sort", "newest");
  return out.size ? `?${out}` : "";
}

/** How many things a question has chosen besides its words. */
export const chosen = (question) => LISTS.reduce((sum, facet) => sum + question[facet].length, 0) + (question.from || question.to ? 1 : 0);

/** A question without anything chosen. */
export const free = (question) => ({ ...question, kind: [], body: [], person: [], organisation: [], topic: [], from: 0, to: 0 });
