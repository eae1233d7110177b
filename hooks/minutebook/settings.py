"""What a site may choose: its settings out of mkdocs.yml, read without MkDocs, and as MkDocs reads them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import yaml

from minutebook import lexicon
from minutebook.model import Settings

CONFIG = Path("mkdocs.yml")


def load(config: Path = CONFIG) -> Settings:
    """The site's settings from mkdocs.yml; the defaults where there is none."""
    return from_config(configuration(config))


def configuration(config: Path = CONFIG) -> Mapping[str, object]:
    """What mkdocs.yml holds; nothing where there is none. ValueError, in plain words, if it cannot be read."""
    try:
        found = yaml.load(config.read_text("utf-8-sig"), _ConfigLoader) if config.is_file() else {}
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        raise ValueError(f"{line}this is not valid YAML: {error.problem}.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ValueError(f"this is not valid YAML: {str(error).splitlines()[0]}.") from error
    if not isinstance(found, Mapping):
        return {}
    parent = found.get("INHERIT")
    if not isinstance(parent, str):
        return found
    if (base := config.parent / parent).resolve() == config.resolve() or not base.is_file():
        raise ValueError(f"INHERIT: there is no file {parent}.")
    return _merged(configuration(base), {k: v for k, v in found.items() if k != "INHERIT"})


def _merged(base: Mapping[str, object], own: Mapping[str, object]) -> dict[str, object]:
    """Two configurations as MkDocs puts them together: keys within keys, the own ones above those of the base."""
    out = dict(base)
    for key, value in own.items():
        there = out.get(key)
        both = isinstance(there, Mapping) and isinstance(value, Mapping)
        out[key] = _merged(there, value) if both else value  # type: ignore[arg-type]
    return out


def from_config(config: Mapping[str, object]) -> Settings:
    """The settings that a site's configuration holds (`site_name` and `extra.minutebook`).

    ValueError, in plain words, for a setting that cannot be used.
    """
    extra = config.get("extra")
    ours = extra.get("minutebook") if isinstance(extra, Mapping) else None
    if ours is not None and not isinstance(ours, Mapping):
        raise ValueError("extra.minutebook: there must be keys below it, such as `licence:`.")
    known = ("language", "licence", "licence_url", "time_zone")
    given: dict[str, Any] = {k: str(v) for k, v in (ours or {}).items() if k in known and v is not None}
    if given.get("language", "en") not in lexicon.languages():
        there = ", ".join(lexicon.languages())
        raise ValueError(
            f"extra.minutebook.language: there are no words for “{given['language']}”; there are: {there}."
        )
    zone = given.get("time_zone", "")
    if zone and zone not in available_timezones():
        raise ValueError(f"extra.minutebook.time_zone: “{zone}” is no time zone; one is called “Europe/London”.")
    url = str(config.get("site_url") or "")
    return Settings(
        site_name=str(config.get("site_name") or Settings.site_name),
        site_url=f"{url.rstrip('/')}/" if url else "",
        **given,
    )


class _ConfigLoader(yaml.SafeLoader):
    """Safe YAML that knows MkDocs' `!ENV`, and passes over other tags."""


def _from_environment(loader: yaml.SafeLoader, node: yaml.Node) -> object:
    """`!ENV NAME` or `!ENV [NAME, default]`, as MkDocs reads them."""
    if isinstance(node, yaml.SequenceNode):
        *named, default = loader.construct_sequence(node) or [""]
        if not named:
            return os.environ.get(str(default))
        return next((os.environ[n] for n in named if n in os.environ), default)
    return os.environ.get(str(node.value))


_ConfigLoader.add_multi_constructor("!", lambda loader, suffix, node: None)
_ConfigLoader.add_constructor("!ENV", _from_environment)
_ConfigLoader.add_multi_constructor("tag:yaml.org,2002:python/", lambda loader, suffix, node: None)
