"""Permanent addresses: what was published stays where it is, and what moved leaves a redirect.

The ledger holds one entry for each published address with what it stands for. A build reads it, gives every address
that it holds to what it stands for now, and makes new ones only for what is new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from slugify import slugify

from minutebook.diagnostics import ERROR, Diagnostic
from minutebook.model import AddressEntry

LEDGER = "addresses.tsv"
PAGES = ("meeting", "person", "organization", "topic")
REDIRECT = "redirect"
GONE = "gone"
"""Written by hand for a page that nobody keeps: nothing is asked for it, and its address may be given again."""


def slug(name: str) -> str:
    """A name as the last part of an address: ASCII, lower case, hyphens; never empty."""
    return slugify(name.replace("'", "").replace("\u2019", ""), max_length=80, word_boundary=True) or "unnamed"


class Ledger:
    """The addresses of earlier builds, and those that this build gives."""

    def __init__(self, entries: Iterable[AddressEntry]) -> None:
        self._old = tuple(entries)
        self._at: dict[str, list[AddressEntry]] = defaultdict(list)
        self._by_key: dict[tuple[str, str], list[AddressEntry]] = defaultdict(list)
        self._by_detail: dict[tuple[str, str], list[AddressEntry]] = defaultdict(list)
        self._on_page: dict[tuple[str, str], list[AddressEntry]] = defaultdict(list)
        for e in self._old:
            self._at[e.address].append(e)
            self._by_key[e.kind, e.key].append(e)
            self._by_detail[e.kind, e.detail].append(e)
            self._on_page[e.kind, e.address.partition("#")[0]].append(e)
        self._taken = {e.address for e in self._old if e.kind != GONE}
        self._claimed: set[str] = set()
        self._new: dict[str, AddressEntry] = {}
        self._redirects = {e.address: e.key for e in self._old if e.kind == REDIRECT}
        self._former: dict[str, list[str]] = defaultdict(list)
        for old in self._redirects:
            self._former[self._final(old)].append(old)

    def claim(
        self,
        kind: str,
        keys: Iterable[str],
        stem: str,
        *,
        detail: str = "",
        evidence: frozenset[str] | None = None,
        again: Iterable[str] = (),
        of_others: frozenset[str] = frozenset(),
        standing: frozenset[str] | None = None,
        follows: bool = False,
    ) -> str:
        """The address of a page.

        `keys` are the names under which the ledger may know it, `stem` what its address is made of where it is new.
        With `evidence`, an entry's detail must share a part with it. `again` are details by which an entry is known
        although its key is not; an entry whose detail is one `of_others` is theirs. With `follows`, an address that
        the stem no longer explains is left for a new one. With `standing`, the keys of everything that there is now,
        an entry at the very stem whose key is gone is taken over: what was renamed and corrected at once.
        """
        keys = list(dict.fromkeys(keys))
        named = [e for k in keys for e in self._by_key[kind, k] if e.detail not in of_others]
        if evidence is not None:
            named = [e for e in named if evidence & set(e.detail.split(";"))]
        same = [e for a in again if a for e in self._by_detail[kind, a]]
        if standing is not None and not same and not named:
            named = [e for e in self._at[f"{stem}/"] if e.kind == kind and e.key not in standing]
        known = [e.address for e in dict.fromkeys([*same, *named]) if e.address not in self._claimed]
        keep = [a for a in known if not follows or _made_of(a, stem)]
        address = keep[0] if keep else self._fresh(stem, known)
        for old in known:
            self._claimed.add(old)
            if old != address:
                self._redirects[old] = address
                self._former[address].append(old)
        self._redirects.pop(address, None)
        self._claimed.add(address)
        self._taken.add(address)
        self._new[address] = AddressEntry(address, kind, keys[0], detail)
        return address

    def knows(self, kind: str, key: str) -> bool:
        """Whether something of this kind was published under this key."""
        return bool(self._by_key[kind, key])

    def leads(self, address: str) -> bool:
        """Whether an address that was published leads on to another."""
        return address in self._redirects

    def unclaimed(self, kind: str) -> list[AddressEntry]:
        """What was published, is claimed by nothing of this build, and leads nowhere."""
        old = (e for e in self._old if e.kind == kind and e.address not in self._claimed)
        return [e for e in old if e.address not in self._redirects]

    def lead(self, old: str, new: str) -> None:
        """Let an address that nothing claims lead to another."""
        self._redirects[old] = new
        self._former[self._final(new)].append(old)

    def details(self, kind: str, key: str) -> list[set[str]]:
        """The parts of the details of each entry of this kind under this key."""
        return [set(e.detail.split(";")) for e in self._by_key[kind, key]]

    def release(self, address: str) -> None:
        """Take back an address that was claimed for what will not be published."""
        self._new.pop(address, None)
        self._claimed.discard(address)

    def anchors(self, kind: str, page: str) -> list[AddressEntry]:
        """What an earlier edition of a page had at anchors of its own, wherever the page stood then."""
        return [e for p in dict.fromkeys([page, *self._former[page]]) for e in self._on_page[kind, p]]

    def record(self, kind: str, address: str, key: str, detail: str = "") -> None:
        """Note an address within a page."""
        self._new[address] = AddressEntry(address, kind, key, detail)

    def entries(self) -> tuple[AddressEntry, ...]:
        """The ledger for the next build: everything that is published, and everything that ever was."""
        targets = {old: self._final(old) for old in self._redirects}
        kept = {e.address: e for e in self._old if e.address.partition("#")[0] not in targets}
        kept |= {old: AddressEntry(old, REDIRECT, new) for old, new in targets.items()}
        kept |= self._new
        return tuple(sorted(kept.values(), key=lambda e: (e.address, e.kind)))

    def redirects(self) -> Mapping[str, str]:
        """Address that was -> address that is; without those that lead nowhere, or round in a circle."""
        final = {old: self._final(old) for old in sorted(self._redirects)}
        return {old: new for old, new in final.items() if new not in self._redirects and self._is_page(new)}

    def _is_page(self, address: str) -> bool:
        return address in self._new or any(e.kind in PAGES for e in self._at[address])

    def lost(self) -> list[Diagnostic]:
        """An error for each published page that is made from nothing any more, and each redirect that leads nowhere."""
        led = self.redirects()
        astray = [
            Diagnostic(
                "redirect-nowhere",
                ERROR,
                LEDGER,
                e.line,
                f"/{e.address} leads on to /{self._final(e.address)}, where nothing is published.",
                "Write an address in the third column at which there is a page.",
            )
            for e in self._old
            if e.kind == REDIRECT and e.address in self._redirects and e.address not in led
        ]
        return astray + [
            Diagnostic(
                "address-lost",
                ERROR,
                LEDGER,
                e.line,
                f"The published page /{e.address} ({e.kind} “{e.key}”) is made from nothing any more.",
                "Bring its source back; or write “redirect” in the second column of this line and the new address in "
                "the third; or write “gone” in the second, if links to the page may break.",
            )
            for e in self._old
            if e.kind in PAGES and e.address not in self._claimed and e.address not in self._redirects
        ]

    def _final(self, address: str) -> str:
        seen = {address}
        while address in self._redirects and self._redirects[address] not in seen:
            address = self._redirects[address]
            seen.add(address)
        return address

    def _fresh(self, stem: str, known: list[str]) -> str:
        """A new address; or one that this page had before, and that still leads to it."""
        address, n = f"{stem}/", 1
        while address in self._taken and not (address in self._redirects and self._final(address) in known):
            n += 1
            address = f"{stem}-{n}/"
        return address


def _made_of(address: str, stem: str) -> bool:
    rest = address.removeprefix(stem).removesuffix("/")
    return address.startswith(stem) and (not rest or (rest[0] == "-" and rest[1:].isdigit()))
