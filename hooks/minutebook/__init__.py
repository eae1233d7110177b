"""Minutebook: a folder of meeting minutes in, a searchable public record out.

The public verbs are `make`, `load`, `extract`, `fill`, `index`, `look_by_hand`, `last_look`, `save_ledger` and
`take_up`; they are handed on from `minutebook.build` when they are first used, so that importing a noun loads no stage.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from minutebook.build import extract, fill, index, last_look, load, look_by_hand, make, save_ledger, take_up

__version__ = "0.1.0"
VERBS = ("make", "load", "extract", "fill", "index", "look_by_hand", "last_look", "save_ledger", "take_up")
__all__ = [
    "VERBS",
    "__version__",
    "extract",
    "fill",
    "index",
    "last_look",
    "load",
    "look_by_hand",
    "make",
    "save_ledger",
    "take_up",
]


def __getattr__(name: str) -> object:
    if name in VERBS:
        return getattr(import_module("minutebook.build"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
