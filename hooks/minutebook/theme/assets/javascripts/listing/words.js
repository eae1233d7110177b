/* Minutebook: words folded as publish/listing/words.py folds them, and the files of words that it writes. */

/** The words of a text. `letters` stands in the manifest: what stands in place of letters that have no simpler form. */
export function words(text, letters) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const folded = plain.replace(/[^\x00-\x7f]/gu, (c) => letters[c] ?? c);
  return [...new Set(folded.match(/[\p{L}\p{N}]+/gu) ?? [])];
}

/** A file of words as [[word, steps], ...]: a sign for how many letters a word shares with the one before, then the rest. */
export function decoded(page) {
  const out = [];
  for (let k = 0, word = ""; k < page.length; k += 2) {
    word = word.slice(0, parseInt(page[k][0], 36)) + page[k].slice(1);
    out.push([word, page[k + 1]]);
  }
  return out;
}

/** Mark in `rows` (bytes) every row that holds a word which begins with `start`. */
export function mark(entries, start, rows) {
  for (const [word, steps] of entries) {
    if (!word.startsWith(start)) continue;
    let at = -1;
    for (const step of typeof steps === "number" ? [steps] : steps) rows[at += step] = 1;
  }
}

/** Which files can hold words that begin with `start`, given the first word of each. */
export function within(firsts, start) {
  const end = `${start}\uffff`;
  return [...firsts.keys()].filter((k) => firsts[k] <= end && !(firsts[k + 1] <= start));
}
