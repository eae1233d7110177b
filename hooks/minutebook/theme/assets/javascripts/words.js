/* Minutebook: words as the files of the site hold them (publish/words.py). */

/** A text as it is compared. `letters` stands in a manifest: what stands in place of letters that have no simpler form. */
export function fold(text, letters) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.replace(/[^\x00-\x7f]/gu, (c) => letters[c] ?? c);
}

/** Words of which each is written behind the one before: a sign for how many letters they share, then the rest. */
export function decoded(signs) {
  let word = "";
  return signs.map((sign) => (word = behind(sign, word)));
}

/** What a sign means behind a word. */
export const behind = (sign, word) => word.slice(0, parseInt(sign[0], 36)) + sign.slice(1);

/** Which files can hold keys that begin with `start`, given the first key of each. */
export function within(firsts, start) {
  const end = `${start}\uffff`;
  const out = [];
  for (let k = before(firsts, start); k < firsts.length && firsts[k] <= end; k += 1) out.push(k);
  return out;
}

/** The file that holds a key if any does; -1 where it comes before all of them. */
export function at(firsts, key) {
  let low = 0, high = firsts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (firsts[middle] <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

const before = (firsts, start) => Math.max(0, at(firsts, start));
