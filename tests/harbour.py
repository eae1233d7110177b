"""Invented minutes for the tests that build sites: a forum that meets by the sea, and files that mean harm."""

MAY = """\
Harbour Forum

Notes of meeting held on 4th May 2021, 10:00-11:30, Customs House, Northport

Chair

Dr Ann Lee MBE, Harbour Master

Attendees

- Bo Ray (Chief Executive, Northport Ferry Trust) [BR]
- Cleo Marsh (Secretary, Guild of Pilots (GOP)) [CM]

Apologies

- Dan Okoro (Treasurer, Tidewater Trust (TWT)) *represented by* Eve Stone, Deputy Treasurer of the TWT [ES]

Officials in attendance

List of officials shortened and corrected [March 2023]

- Finn Holt – Deputy Director, Dredging Division [FH]
- Officials from the Buoys and Beacons Team

1. Welcome

Owner: Dr Ann Lee (Chair)

The Chair thanked members for coming.

2. Night sailings

Owner: Bo Ray

BR said that night sailings doubled in spring. CM asked for more pilots after dark.

- ES would like lights on the north mole.
- Finn Holt offered the plans of the mole to the Guild of Pilots.

Action: BR to write to the Tidewater Trust about lights.

Action – The Guild of Pilots is to count its night pilots.

Decision: Night sailings go on until September.

3. Charts

The chart below holds the depths, see [the tables](https://example.org/tide_tables?year=2021&port=north).

| Berth | Depth | Swell | Light | Pilot | Remarks |
| --- | --- | --- | --- | --- | --- |
| North mole | 7.5 m | 0.4 m | green | yes | Averylongunbrokenwordthatnophonecouldeverholdinoneline |
| South mole | 6.0 m | 0.9 m | red | no | none |

    sounding --from north --to south --every 10

```signals in use
one cone: come in
two cones: stay out
```

XQ asked when the channel is sounded again.
"""

JULY = """\
---
status: draft
---
Harbour Forum

Notes of meeting held on 6th July 2021, 10:00-11:00, Customs House, Northport

Chair

Dr Ann Lee MBE, Harbour Master

Attendees

- Bo Ray (Chief Executive, Northport Ferry Trust) [BR]
- Dan Okoro (Treasurer, Tidewater Trust (TWT)) [DO]

Apologies

- Cleo Marsh (Secretary, Guild of Pilots (GOP)) [CM]

1. Welcome

The Chair welcomed DO and BR back.

2. Night sailings

DO said that the lamps have come. BR thanked the TWT.

Action: DO to fix the lamps by 30 July 2021.
"""

MEETINGS = {"forum/2021-05-04.txt": MAY, "forum/2021-07-06.md": JULY}

# Between the two, of another body too, and with somebody who is called as a member of the forum is.
JUNE = """\
Northport Schools Board

Notes of meeting held on 1st June 2021, 09:00-10:00, Town Hall, Northport

Chair

Gil Moss, Head of Schools

Attendees

- Bo Ray (Head Teacher, Mole Street School) [BR]
- Ann Lee (Caretaker, Mole Street School) [AL]

1. Night sailings

BR said that pupils are seasick. AL agreed.

Action: BR to ask the ferries.
"""
SPRING = """\
Harbour Forum

Notes of meeting held on 1st March 2021, 10:00-11:00, Customs House, Northport

Chair

Dr Ann Lee MBE, Harbour Master

Attendees

- Finn Holt (Deputy Director, Dredging Division) [FH]
- Hal Dean (Member, Northport Ferry Trust) [HD]

1. Night sailings

HD said that the night is dark.

Action: HD to buy a lantern.
"""

SCRIPT = "<script>window.harm = 1</script>"
IMAGE = '<img src="x" onerror="window.harm = 1">'
HOSTILE_LINES = (
    SCRIPT,
    IMAGE,
    '<svg onload="window.harm = 1"></svg>',
    '<iframe src="javascript:window.harm=1"></iframe>',
    '<a href="javascript:window.harm=1">press here</a>',
    "[press this](javascript:window.harm=1)",
    "[press that](data:text/html,harm)",
    "[press those]( JaVaScRiPt:window.harm=1 )",
    "<javascript:window.harm=1>",
    "![a picture](https://pictures.example/harm.png)",
    "{{ 7 * 191 }} {% include 'secret' %} {# a remark #}",
    'Attributes{: onclick="window.harm = 1" .harmful #harmful }',
    "{: .harmful }",
    '<div class="harmful" style="position:fixed" onmouseover="window.harm = 1">a box</div>',
    "<style>body { display: none }</style>",
    '<meta http-equiv="refresh" content="0; url=https://elsewhere.example/">',
    "<form action='https://elsewhere.example/'><input name='secret'></form>",
    "&lt;script&gt; &#60;script&#62; &amp;lt;",
    "</article></main></body></html> and more",
    "<!-- minutebook: figures -->",
    "<details open ontoggle='window.harm = 1'>open</details>",
    '!!! danger "harmful"',
    "[TOC]",
    "*[HTML]: harmful",
    "[^1]: harmful",
    "`<script>window.harm = 1</script>`",
)
"""What the minutes say, and a reader is to see as it stands."""

HOSTILE = {
    # Titles, a body, a place: what stands in the head of a page, in its breadcrumbs and in lists of meetings.
    "yard/2021-05-04.txt": f"""\
---
title: "Title {SCRIPT}"
body: "Yard {SCRIPT}"
place: '"><img src=x onerror=window.harm=1>'
chair: 'Ann </title>{SCRIPT} Lee'
whatever: '{SCRIPT}'
---
Notes of meeting held on 4th May 2021, 10:00-11:30, Customs House

Attendees

- Ann {SCRIPT} Lee (Head "onmouseover="window.harm=1" of {SCRIPT}, Trust {IMAGE}) [AL]
- [Cleo Marsh](javascript:window.harm=1) (Secretary, [Guild](javascript:window.harm=1)) [CM]

1. Item {SCRIPT} {{{{ 7 * 191 }}}} {{: onclick="window.harm = 1" }}

Owner: Ann {IMAGE} Lee

{(chr(10) * 2).join(HOSTILE_LINES)}

- in a bullet {SCRIPT}

| {SCRIPT} | b |
| --- | --- |
| {IMAGE} | "onclick="window.harm=1 |

Action: The {SCRIPT} Clerk to press <button onclick="window.harm=1">this</button>

Decision: {SCRIPT} {{: onclick="window.harm = 1" }}

2. Wharf](javascript:window.harm=1) [of](javascript:window.harm=1) "onclick="window.harm=1

The Trust of Harm (TOH) met.
""",
    # Names, roles and initials, which stand on pages of their own, in titles of pages and of abbreviations.
    "yard/2021-06-04.txt": f"""\
---
body: "Yard {SCRIPT}"
date: 2021-06-04
people:
  - name: 'Ann {SCRIPT} Lee'
    role: 'Head {IMAGE}'
    organization: 'Trust "onfocus="window.harm=1'
    initials: AL
  - name: 'Bo "onfocus="window.harm=1 Ray'
    role: 'Clerk {{{{ config.site_name }}}}'
    organization: 'Guild {SCRIPT}'
    initials: BR
---
1. Mischief

AL said this. BR said that.

Action: AL to press.
""",
}
