"""Lines to blocks: headings, paragraphs, bullets, numbered lines, rows of tables, quotations.

Minutes are not Markdown: a number at the start of a line is a heading of business more often than a list, an indent is
a habit and not code, a line of its own is a line. So the blocks are told apart here, line by line, by `SHAPES`, and
only what stands inside a line is read as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from minutebook import sentences
from minutebook.lexicon import Lexicon, alternatives
from minutebook.model import Block, Line, Mark, Piece, SourceRef, Text
from minutebook.parse import chats, inline, numbers
from minutebook.parse.draft import Draft

SHAPES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("code", re.compile(r"^(?P<text>\{:[^{}]*\})\s*$")),  # an attribute list of another system
    ("code", re.compile(r"^\s*(?P<text><!--(?:[^-]|-(?!->))*-->)\s*$")),  # a remark that no reader is meant to see
    ("break", re.compile(r"^\s*(?P<text>(?:[-*_=]\s*){3,})$")),
    ("heading", re.compile(r"^\s{0,3}(?P<level>#{1,6})\s+(?P<text>.*)$", re.S)),
    ("quote", re.compile(r"^\s*>\s?(?P<text>.*)$", re.S)),
    ("row", re.compile(r"^\s*\|(?P<text>.*?)\|?$", re.S)),
    ("bullet", re.compile(r"^(?P<indent>\s*)(?:[-*+•‣◦▪·]|[–—](?=\s))\s+(?P<text>\S.*)$", re.S)),
    (
        "numbered",
        re.compile(
            r"^(?P<indent>\s*)(?P<label>\(?(?:\d{1,3}(?:\.\d{1,3})*\\?[.)]|\d{1,3}(?:\.\d{1,3})+)|"
            r"\([a-z]{1,4}\)|[a-z]\))\s+(?P<text>\S.*)$",
            re.S,
        ),
    ),
)
"""What a line is, by how it begins; the first shape that fits. A line of no shape is text."""

_RULE_ROW = re.compile(r"^[\s|:-]+$")
_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_UNDERLINE = re.compile(r"^\s{0,3}(?P<sign>[=~#^\"'+*`-])(?P=sign){2,}\s*$")
_FEWEST_FENCED = 20
"""Lines between fences that may be minutes."""
_MOST_AROUND = 4
"""Lines around them: a title, and where it was found."""
_LONGEST_HEADING = 160
"""Characters."""
_TAKES_MORE = ("paragraph", "bullet", "numbered", "quote")


@dataclass
class _Open:
    """A block that may still grow."""

    kind: str
    lines: list[Line]
    label: str = ""
    level: int = 0


def split(draft: Draft) -> Draft:
    """The draft with the blocks of its document."""
    path, labels = draft.document.path, _labels(draft.lexicon)
    lines = list(_unfolded(draft))
    around = _around_all(lines)
    counted, levels = _counting(lines, draft.lexicon), _underline_levels(lines)
    listed, alone = _listed(lines), _label_alone(draft.lexicon)
    widths, said = _widths(lines), chats.lines(lines)
    done: list[_Open] = []
    growing = fenced = False
    for line in lines:
        title = growing and not fenced and done[-1].kind in ("paragraph", "numbered") and len(done[-1].lines) == 1
        if title and (level := _underlines(line, done[-1], levels)):
            done[-1] = _Open("heading", [_labelled(done[-1])], level=level)
            growing = False
            continue
        if fence := _FENCE.match(line.text):
            if id(line) in around:
                growing = False
                continue
            fenced, growing = not fenced, False
            if info := line.text[fence.end() :].strip("`~ "):
                done.append(_Open("code", [Line(info, line.pieces[:1])]))
                growing = True
            continue
        if fenced:
            if growing:
                done[-1].lines.append(line)
            else:
                done.append(_Open("code", [line]))
            growing = True
            continue
        if not line.text.strip():
            growing = False
            continue
        new = listed.get(id(line)) or _shape(line)
        if new.kind == "row" and _RULE_ROW.match(line.text):
            pass
        elif (
            new.kind == "paragraph"
            and growing
            and done[-1].kind in _TAKES_MORE
            and id(line) not in counted
            and id(line) not in said
            and not labels.match(line.text.strip())
            and not (
                _ended_on_purpose(done[-1].lines[-1], line, widths[id(line)])
                and labels.match(done[-1].lines[0].text.strip())
            )
        ):
            done[-1].lines.append(line)
        elif (
            new.kind == "quote" and growing and done[-1].kind == "quote" and not labels.match(new.lines[0].text.strip())
        ):
            done[-1].lines.append(new.lines[0])
        else:
            done.append(new)
        growing = done[-1].kind in _TAKES_MORE and not alone.match(line.text) if done else False
    return draft.with_(blocks=tuple(_finish(b, path) for b in done))


def _underline_levels(lines: list[Line]) -> dict[str, int]:
    """The signs by which a text underlines its headings -> how deep each stands.

    Markdown knows two (https://spec.commonmark.org/0.31.2/#setext-headings); reStructuredText takes any sign, the one
    that comes first for the top (https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html#sections).
    """
    below = (b for a, b in pairwise(lines) if a.text.strip())
    signs = list(dict.fromkeys(m["sign"] for line in below if (m := _UNDERLINE.match(line.text))))
    return {"=": 1, "-": 2} if set(signs) <= {"=", "-"} else {sign: min(n, 6) for n, sign in enumerate(signs, 1)}


def _underlines(line: Line, title: _Open, levels: dict[str, int]) -> int:
    """The level of the heading that a line makes of the one above it; 0 where it underlines nothing."""
    m, words = _UNDERLINE.match(line.text), _labelled(title).text.strip()
    if not m or len(words) > _LONGEST_HEADING or not re.search(r"[^\W\d_]", words):
        return 0  # a rule below a paragraph parts pages
    whole = len(line.text.strip()) >= 0.7 * len(words)
    sure = m["sign"] in "=-" and title.kind == "paragraph"
    return levels.get(m["sign"], 0) if sure or whole else 0


def _labelled(block: _Open) -> Line:
    """The line of a block with the number that stands in front of it."""
    line = block.lines[0]
    shift = len(block.label) + 1
    pieces = tuple(Piece(p.offset + shift if p.offset else 0, p.line) for p in line.pieces)
    return Line(f"{block.label} {line.text}", pieces) if block.label else line


def _shape(line: Line) -> _Open:
    for kind, pattern in SHAPES:
        if m := pattern.match(line.text):
            groups = m.groupdict()
            shift = m.start("text")
            pieces = tuple(type(p)(max(0, p.offset - shift), p.line) for p in line.pieces)
            level = len(groups.get("level") or "") or len(groups.get("indent") or "") // 2 + 1
            if kind == "break":
                level = 0
            text = m["text"]
            if kind == "heading" and (open_ := text.rstrip().rstrip("#")) != text.rstrip() and open_[-1:] in ("", " "):
                text = open_.rstrip()  # closed as it was opened: "## Tides ##"
            return _Open(kind, [Line(text, pieces)], (groups.get("label") or "").strip().replace("\\", ""), level)
    return _Open("paragraph", [line], level=len(line.text) - len(line.text.lstrip()))


def _finish(block: _Open, path: str) -> Block:
    is_row = block.kind == "row"
    text = _row(block.lines[0]) if is_row else inline.read(block.lines, literally=block.kind == "code")
    numbers = [p.line for line in block.lines for p in line.pieces]
    return Block(block.kind, text, SourceRef(path, numbers[0], numbers[-1]), block.label, block.level)


def _row(line: Line) -> Text:
    """The text of a table's row: its cells with a stroke between them, which is marked as such."""
    plain, marks = "", list[Mark]()
    for i, cell in enumerate(re.split(r"(?<!\\)\|", line.text)):
        if i:
            marks.append(Mark(len(plain), len(plain) + 3, "cell"))
            plain += " | "
        read = inline.read([Line(cell.replace("\\|", "|"), line.pieces[:1])])
        marks += [replace(m, start=m.start + len(plain), end=m.end + len(plain)) for m in read.marks]
        plain += read.plain
    return Text(plain, tuple(marks), line.pieces[:1])


_LONG = 600
"""Characters: a printed line beyond it may be whole minutes, all in one paragraph."""


def _around_all(lines: list[Line]) -> frozenset[int]:
    """The fences (by identity) around most of a document: minutes that were pasted, and no code."""
    fences = [k for k, line in enumerate(lines) if _FENCE.match(line.text)]
    pairs = list(zip(fences[::2], fences[1::2], strict=False))
    inside = {k for a, b in pairs for k in range(a, b + 1)}
    outside = sum(bool(line.text.strip()) for k, line in enumerate(lines) if k not in inside)
    if outside > _MOST_AROUND:
        return frozenset()  # an example among other text
    found = {id(lines[k]) for a, b in pairs if b - a > _FEWEST_FENCED for k in (a, b)}
    return frozenset(found)


def _unfolded(draft: Draft) -> Iterator[Line]:
    """The lines; of one that holds whole minutes, a line for each part: a label, a number that counts up, a marker."""
    lexicon = draft.lexicon
    markers = "|".join(
        re.escape(w)
        for k in ("action_markers", "decision_markers")
        for w in lexicon.list(k)
        if w.isupper() and len(w) > 3
    )
    heads = "|".join(re.escape(w) for w in sorted(lexicon.roll_call, key=len, reverse=True))
    label, marker = re.compile(rf"(?:{heads})\s*:\s", re.I), re.compile(rf"(?:{markers or '(?!)'})\s*:\s")
    for line in draft.document.lines:
        if len(line.text) < _LONG or "|" in line.text[:3] or len(line.pieces) > 1:
            yield line
            continue
        cuts, expected, last, labelled = [0], 1, False, 0
        edges = sentences.spans(line.text, lexicon)
        for a, _ in edges:
            at = line.text[a : a + 60]
            number = re.match(r"(\d{1,2})[.)]\s+[A-Z]", at)
            if number and int(number[1]) == expected:
                cuts.append(a)
                expected, last = expected + 1, False
            elif label.match(at) or marker.match(at):
                cuts.append(a)
                last, labelled = bool(marker.match(at)), labelled + 1
            elif last:
                cuts.append(a)  # what a marker in running text begins ends with its sentence
                last = False
        if expected < 4 and labelled < 3:
            yield line
            continue
        for a, b in zip(sorted(set(cuts)), [*sorted(set(cuts))[1:], len(line.text)], strict=True):
            yield Line(line.text[a:b].strip(), line.pieces)
            yield Line("", line.pieces)


def _counting(lines: list[Line], lexicon: Lexicon) -> frozenset[int]:
    """The lines that begin with numbers which count up ("2 Apologies", "Item 3: Budget"): each begins a block."""
    found: dict[str, list[tuple[int, tuple[int, ...]]]] = {}
    for line in lines:
        number = numbers.read(line.text.strip(" *_#"), lexicon)
        if number and number.style in ("bare", "word", "minute", "dash", "roman"):
            found.setdefault(number.style, []).append((id(line), number.value))
    out = set[int]()
    for style, numbered in found.items():
        run = list[tuple[int, tuple[int, ...]]]()
        for line_id, value in numbered:
            last = run[-1][1] if run else (0,)
            steps = value[0] - last[0] in (0, 1, 2) and value > last
            if steps or (value[0] == 1 and not run) or not run:
                run.append((line_id, value))
        if len(run) > 2 or (len(run) == 2 and style == "word"):
            out |= {line_id for line_id, _ in run}
    return frozenset(out)


def _widths(lines: list[Line]) -> dict[int, int]:
    """For each line how wide its paragraph is: the length of the longest line between two empty ones."""
    out: dict[int, int] = {}
    for empty, run in groupby(lines, key=lambda line: not line.text.strip()):
        paragraph = [] if empty else list(run)
        widest = max((len(line.text.strip()) for line in paragraph), default=0)
        out |= {id(line): widest for line in paragraph}
    return out


def _ended_on_purpose(line: Line, after: Line, width: int) -> bool:
    """Whether a line ends with its sentence and had room for the next word: "ACTION: Bo to buy soap.", and below it
    what was said then."""
    said, first = line.text.strip(), next(iter(after.text.split(maxsplit=1)), "")
    return said.endswith((".", "!")) and first[:1].isupper() and len(said) + 1 + len(first) <= width


_SUB = re.compile(r"^(?P<indent>\s*)(?P<label>(?P<value>[a-z]|[ivxl]{1,6})[.)])\s+(?P<text>\S.*)$", re.S)
"""A line of a list by letters or small Roman numbers: "ii. Payments". By itself it may be the end of a sentence."""
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_LETTERS = ("", *"abcdefghijklmnopqrstuvwxyz")
_NEXT = 12
"""Lines within which a list goes on with its next letter."""


def _listed(lines: list[Line]) -> dict[int, _Open]:
    """The lines that letters or small Roman numbers count from the first on, each the entry of a list: "i.", "ii."."""
    out: dict[int, _Open] = {}
    for alphabet in (_ROMAN, _LETTERS):
        runs, last = list[list[tuple[Line, re.Match[str]]]](), 0
        for n, line in enumerate(lines):
            m = _SUB.match(line.text)
            if not m or m["value"] not in alphabet:
                continue
            if m["value"] == alphabet[1]:
                runs.append([(line, m)])
            elif runs and n - last <= _NEXT and alphabet.index(m["value"]) == len(runs[-1]) + 1:
                runs[-1].append((line, m))
            else:
                continue
            last = n
        out |= {id(line): _entry(line, m) for run in runs if len(run) > 1 for line, m in run}
    return out


def _entry(line: Line, m: re.Match[str]) -> _Open:
    pieces = tuple(Piece(max(0, p.offset - m.start("text")), p.line) for p in line.pieces)
    return _Open("numbered", [Line(m["text"], pieces)], m["label"], len(m["indent"]) // 2 + 1)


def _label_alone(lexicon: Lexicon) -> re.Pattern[str]:
    """A line behind which another block begins: it holds nothing but the label of a decision, or in capitals how a
    motion fared, "CARRIED 4-0"."""
    capitals = alternatives(w.upper() for k in ("result_words", "lost_words") for w in lexicon.list(k))
    noun = alternatives(w.upper() for w in lexicon.list("motion_nouns"))
    fared = rf"(?:{noun}\s+)?{capitals}(?:\s+{capitals})*[\s\d/–().-]*"
    label = alternatives([*lexicon.list("decision_markers"), *(w.upper() for w in lexicon.list("proposal_labels"))])
    return re.compile(rf"[\s*_]*(?:{label}\s*:?|{fared})[*_]*\s*$")


def _labels(lexicon: Lexicon) -> re.Pattern[str]:
    """A line that begins with one of these begins a block, even directly below another line."""
    words = "|".join(
        lexicon.any_of(k)
        for k in (
            "owner_labels",
            "action_markers",
            "decision_markers",
            "proposal_labels",
            "header_labels.date",
            "header_labels.time",
            "header_labels.place",
            "header_labels.start",
            "header_labels.end",
            "motion_labels",
            "due_labels",
            "officer_labels",
        )
    )
    heads = "|".join(re.escape(w) for w in sorted(lexicon.roll_call, key=len, reverse=True))
    intro = lexicon.any_of("decision_intros")
    sign = r"(?::|#?\d+\s*[:.]|\d*\s*\([^()]{1,60}\)\s*:|\s[–—]\s|$)"
    signed = rf"[*_]{{0,3}}(?:{intro}\s+)?(?:{words}|{heads})[*_]{{0,3}}\s*{sign}"
    capitals = alternatives(w for w in lexicon.list("decision_markers") if w.isupper())
    return re.compile(rf"(?i:{signed})|[*_]{{0,3}}{capitals}\s")
