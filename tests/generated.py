"""Minutes put together by Hypothesis out of pieces that bodies really use, in three languages, and then spoilt.

`MINUTES` are such texts, whole; `SPOILT` the same with lines taken out, doubled, moved, cut, joined and written over.
All people and bodies are invented, as everywhere in the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

GIVEN = ("Ann", "Bo", "Cleo", "Dan", "Eve", "Jean-Luc", "Zoë", "Jürgen", "Mary Jane", "Óscar", "D.", "A. J.")
FAMILY = ("Lee", "Ray", "Marsh", "Okoro", "van Stone", "O'Hale", "Müller", "Fox-Quay", "MacTern", "de la Mole")
TITLES = ("", "", "", "Dr ", "Cllr ", "Dame ", "Herr ", "Mme ", "Prof. ")
ROLES = ("Chair", "Clerk", "Chief Executive", "Deputy Director, Dredging", "Kassenwart", "Trésorière", "Secretary")
BODIES = ("Harbour Forum", "Guild of Pilots (GOP)", "Tidewater Trust", "Hafenverein e. V.", "Conseil du port", "TWT")
DATES = ("3 May 2021", "May 3rd, 2021", "2021-05-03", "3/5/21", "03.05.2021", "3. Mai 2021", "3 mai 2021", "Monday 3rd")
TIMES = ("10:00-11:30", "10am to 11.30am", "19.30 Uhr", "19h30", "7pm", "10:00 UTC / 12:00 CEST", "")
PLACES = ("Customs House, Northport", "The Hall", "Zoom", "Vereinsheim", "Salle 3", "")

HEADERS = (
    "{body}\n\nNotes of meeting held on {date}, {time}, {place}",
    "Minutes of the meeting of the {body}\nDate: {date}\nTime: {time}\nVenue: {place}",
    "# {body} – {date}\n\n**Location**: {place}  \n**Time**: {time}",
    "{body} Meeting {date}\n===\n",
    "MINUTES OF THE {body} HELD AT {place} ON {date} COMMENCING {time}",
    "<p><strong>{body}</strong><br>{date}, {time}</p>\n<p>{place}</p>",
    "---\ntitle: Minutes\ndate: 2021-05-03\n---\n\n{body}, {date}",
    "+++\ntitle = 'Minutes'\n+++\n\n## {body}\n\nThe meeting was called to order at {time} in {place}.",
    "Protokoll der Sitzung vom {date}\n{body}\nBeginn: {time}\nOrt: {place}",
    "Compte rendu de la réunion du {date}\n\n{body}\n\nLieu : {place}",
    "DRAFT minutes, subject to approval\n\n{body}, {date}",
    "",
)
LISTS = (
    "Present", "PRESENT", "Attendees", "In attendance", "Members present", "Apologies", "Apologies for absence",
    "Regrets", "Absent", "Guests", "Chair", "Observers", "Anwesend", "Entschuldigt", "Gäste", "Présents", "Excusés",
    "Also present",
)  # fmt: skip
LAYOUTS: Sequence[Callable[[str, list[str]], str]] = (
    lambda head, people: f"{head}\n\n" + "\n".join(f"- {p}" for p in people),
    lambda head, people: f"## {head}\n\n" + "\n".join(f"* {p}" for p in people),
    lambda head, people: f"{head}:\n" + "\n".join(people),
    lambda head, people: f"{head}: " + ", ".join(people),
    lambda head, people: f"**{head}:** " + "; ".join(people) + ".",
    lambda head, people: f"**{head}**\n\n" + "\n\n".join(people),
    lambda head, people: f"{head} – " + " and ".join(people),
    lambda head, people: f"- **{head}**: " + ", ".join(people),
    lambda head, people: f"- {head}\n" + "\n".join(f"  - {p}" for p in people),
    lambda head, people: f"| {head} | Role |\n| --- | --- |\n" + "\n".join(f"| {p} | Member |" for p in people),
    lambda head, people: f"|{head}|" + "<br>".join(people) + "|",
    lambda head, people: f"<p>{head}</p><ul>" + "".join(f"<li>{p}</li>" for p in people) + "</ul>",
    lambda head, people: f"<table><tr><th>{head}</th><td>" + "</td></tr><tr><td>".join(people) + "</td></tr></table>",
    lambda head, people: f"{head} ({len(people)})\n" + "\n".join(f"{k}. {p}" for k, p in enumerate(people, 1)),
    lambda head, people: f"{head.upper()}\n\t" + "\n\t".join(people),
    lambda head, people: f"{head} was received from " + " and ".join(people) + ".",
    lambda head, people: f"{head} @" + " @".join(p.split()[-1].lower() for p in people),
)
ENTRIES = (
    "{name}", "{name}", "{name} ({role}, {body}) [{initials}]", "{name}, {role}", "{name} – {role}, {body}",
    "{name} ({initials})", "{name} @{handle} ({body})", "{name} {role}", "{body} - {name}", "{initials}", "{family}",
    "{name} ({role}) represented by {other}, Deputy [{initials}]", "{name} (for {other})", "Officials from the {body}",
    "*{name}*, {role} of the {body}", "[{name}](https://example.org/{handle})", "{name} (until item 2",
    "{body} ({name})",
)  # fmt: skip
SUBJECTS = (
    "Night sailings",
    "Lights on the mole",
    "Any other business",
    "Apologies",
    "Haushalt 2022",
    "Matters arising",
)
ITEMS = (
    "{n}. {title}", "{n}) {title}", "**{n}. {title}**", "## {title}", "### {n}. {title} ({owner})", "{TITLE}",
    "**{title}**", "{n}.1 {title}", "Item {n}: {title}", "TOP {n}: {title}", "{n}/21 {title}", "{title}\n-----",
    "{n}. **{title}:** the harbour master reported.", "* **{title}** - {owner}", "<h2>{n}. {title}</h2>", "{title}:",
    "{n}\u00a0{title}", "{n}. {title} – {owner}", "({n}) {title}\n\nOwner: {owner}", "{n}. {title}\n\nLead: {owner}",
)  # fmt: skip
SAID = (
    "{owner} said that traffic had doubled since the spring, and\n\nthat it would double again.",
    "{initials} asked {owner} for the report of the {body}.",
    "The charts were re-\nprinted in colour.",
    "There was a discussion. It was long. Nobody said that it was short.",
    "- a bullet\n  - one below it\n    and a line more",
    "| Berth | Depth |\n|---|---|\n| North | 7.5 m |",
    "> what was quoted",
    "```\ntyped --as it stands\n```",
    "Page 2 of 4", "\f", "{body} minutes – {date}\n\n2\n", "***", "\u200b\u00a0\u00ad", "a<br>b<br/>c <b>d</b>",
    "The depth (of the north mole [see chart 3) is 7 m]; * and _ are signs.",
    "The names were shortened [March 2023]", "© Harbour Forum. All rights reserved",
    "Signed: ____________ Date: ______",
    "Es wurde beschlossen, die Mole zu beleuchten.", "Le conseil a approuvé le compte rendu.",
    "Moved {owner}, seconded {initials}: that the mole be lit. CARRIED 5-0",
)  # fmt: skip
ACTIONS = (
    "Action: {owner} to count the pilots", "**Action:** {initials} to call by 3 June 2021", "ACTION {owner} to go",
    "- [ ] {owner}: count the pilots", "Action – The {body} is to write", "AP {n}: {owner} to count the pilots.",
    "The pilots will be counted. **ACTION: {initials}**", "Action items\n\n- {owner} to count", "AI: {initials} count",
    "| Action | Owner | Due |\n| --- | --- | --- |\n| Count the pilots | {owner} | 3 June |", "TODO {owner}: count",
    "{owner} to count the pilots. [{initials}]", "Aufgabe: {owner} zählt die Lotsen", "À faire : {owner} compte",
)  # fmt: skip
DECISIONS = (
    "Decision: the mole will be lit", "RESOLVED that the mole be lit.", "**AGREED** to light the mole", "Agreed: yes",
    "It was resolved: the mole is lit", "Beschluss: Die Mole wird beleuchtet (5/0/1)", "Décision : le môle est éclairé",
    "Resolution 3: the mole is lit", "> DECISION - the mole is lit",
)  # fmt: skip
SIGNS = (
    "(",
    ")",
    "[",
    "]",
    "*",
    "**",
    "|",
    "<",
    ">",
    "#",
    "- ",
    "1. ",
    ":",
    "\t",
    "  ",
    "&",
    "`",
    "\u00a0",
    "\r",
    "\f",
)


@st.composite
def _names(draw: st.DrawFn) -> dict[str, str]:
    """What the pieces are filled with."""
    given, family = draw(st.sampled_from(GIVEN)), draw(st.sampled_from(FAMILY))
    name, other = f"{given} {family}", f"{draw(st.sampled_from(GIVEN))} {draw(st.sampled_from(FAMILY))}"
    title = draw(st.sampled_from(SUBJECTS))
    return {
        "name": draw(st.sampled_from(TITLES)) + name,
        "other": other,
        "owner": draw(st.sampled_from((name, other, family, given))),
        "family": family,
        "initials": "".join(w[0] for w in name.split()).upper(),
        "handle": family.lower().replace(" ", ""),
        "role": draw(st.sampled_from(ROLES)),
        "body": draw(st.sampled_from(BODIES)),
        "date": draw(st.sampled_from(DATES)),
        "time": draw(st.sampled_from(TIMES)),
        "place": draw(st.sampled_from(PLACES)),
        "title": title,
        "TITLE": title.upper(),
    }


@st.composite
def _roll_call(draw: st.DrawFn) -> str:
    people = [
        draw(st.sampled_from(ENTRIES)).format(**names) for names in draw(st.lists(_names(), min_size=1, max_size=4))
    ]
    return draw(st.sampled_from(LAYOUTS))(draw(st.sampled_from(LISTS)), people)


@st.composite
def _item(draw: st.DrawFn, number: int) -> str:
    names = {**draw(_names()), "n": number}
    below = draw(st.lists(st.sampled_from((*SAID, *ACTIONS, *DECISIONS)), max_size=4))
    joint = draw(st.sampled_from(("\n\n", "\n\n", "\n")))
    return joint.join(piece.format(**names) for piece in (draw(st.sampled_from(ITEMS)), *below))


@st.composite
def whole(draw: st.DrawFn) -> str:
    """Minutes: a header, lists of people, items with what was said, decided and is to be done."""
    parts = [draw(st.sampled_from(HEADERS)).format(**draw(_names()))]
    parts += draw(st.lists(_roll_call(), max_size=3))
    parts += [draw(_item(k)) for k in range(1, draw(st.integers(0, 4)) + 1)]
    return draw(st.sampled_from(("\n\n", "\n\n", "\n"))).join(parts) + "\n"


@st.composite
def spoilt(draw: st.DrawFn) -> str:
    """Minutes with a few lines taken out, doubled, moved, cut, joined to the next, or with a sign put in."""
    lines = draw(whole()).split("\n")
    for _ in range(draw(st.integers(1, 5))):
        i, j = (draw(st.integers(0, max(0, len(lines) - 1))) for _ in range(2))
        line, at = lines[i], draw(st.integers(0, max(0, len(lines[i]))))
        lines[i : i + 1] = draw(
            st.sampled_from(
                (
                    [],
                    [line, line],
                    [lines[j]],
                    [line[:at], line[at:]],
                    [line[:at] + draw(st.sampled_from(SIGNS)) + line[at:]],
                    [line + "".join(lines[i + 1 : i + 2])],
                    ["    " + line],
                    [line.upper()],
                )
            )
        )
        lines = lines or [""]
    return "\n".join(lines)


MINUTES, SPOILT = whole(), spoilt()
