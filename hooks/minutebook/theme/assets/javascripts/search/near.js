/* Minutebook: words of the archive that are spelt nearly as one that is not in it. */

/** How many letters have to be put in, left out, changed or swapped to make one word of another; more than `most` is Infinity. */
export function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let two, one, row = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i += 1) {
    [two, one, row] = [one, row, [i]];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      row[j] = Math.min(one[j] + 1, row[j - 1] + 1, one[j - 1] + !same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], two[j - 2] + 1);
    }
    if (Math.min(...row) > most) return Infinity;
  }
  return row[b.length] > most ? Infinity : row[b.length];
}

/**
 * What may have been meant where words were not found: [[what was typed, [word, ...]], ...], the likeliest first.
 *
 * Looked for among the words that begin with the same two letters, which are few files; then, unless one is a single letter
 * away, with the first alone.
 */
export async function near(index, lacking) {
  const unknown = lacking.filter(({ unit }) => unit.word?.length > 2);
  return (await Promise.all(unknown.map(async ({ unit: { word, typed } }) => {
    const most = word.length < 5 ? 1 : 2;
    let nearest = [];
    for (const start of [word.slice(0, 2), word[0]]) {
      const entries = await index.stretch("words", start, 6);
      const found = [...nearest, ...entries
        .filter(([other]) => !nearest.some(([, , same]) => same === other))
        .map(([other, { impacts }]) => [distance(word, other, most), -impacts.length, other])
        .filter(([far]) => far <= most)]
        .sort(([a, m], [b, n]) => a - b || m - n);
      nearest = found.filter(([far]) => far === found[0][0]);
      if (nearest[0]?.[0] === 1) break;
    }
    return [typed, nearest.slice(0, 3).map(([, , other]) => like(typed, other))];
  }))).filter(([, others]) => others.length);
}

/** A word with a capital where what was typed has one. */
const like = (typed, word) => (typed[0] === typed[0].toLowerCase() ? word : word[0].toUpperCase() + word.slice(1));
