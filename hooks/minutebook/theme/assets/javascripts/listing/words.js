/* Minutebook: the files of words that publish/listing/words.py writes. */
import { decoded as words_, fold } from "../words.js";

export { within } from "../words.js";

/** The words of a text, each once. */
export const words = (text, letters) => [...new Set(fold(text, letters).match(/[\p{L}\p{N}]+/gu) ?? [])];

/** A file of words as [[word, steps], ...]. */
export function decoded(page) {
  const steps = page.filter((_, k) => k % 2);
  return words_(page.filter((_, k) => !(k % 2))).map((word, k) => [word, steps[k]]);
}

/** Mark in `rows` (bytes) every row that holds a word which begins with `start`. */
export function mark(entries, start, rows) {
  for (const [word, steps] of entries) {
    if (!word.startsWith(start)) continue;
    let at = -1;
    for (const step of typeof steps === "number" ? [steps] : steps) rows[at += step] = 1;
  }
}
