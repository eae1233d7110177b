"""The preview: a site that is looked at while its minutes, pages and templates are edited.

What would end a build is told here, in the terminal and on the page, and the server lives on: a preview shows the last
good state until the mistake is mended. Nothing of this is in a site that is published.
"""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import jinja2
import yaml

from minutebook import build
from minutebook.cli import in_folder
from minutebook.diagnostics import ERROR, WARNING, Diagnostic
from minutebook.model import Archive, Settings

CODE = Path(__file__).parents[1]
"""What is read once, when the server starts: the code, and the words of each language."""

_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>The preview could not be built</title>
<style>
body {{ max-width: 44rem; margin: 4rem auto; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif; }}
pre {{ padding: 1rem; border: 1px solid; white-space: pre-wrap; }}
</style>
</head>
<body>
<h1>The preview could not be built</h1>
<pre role="alert">{finding}</pre>
<p>It is built again as soon as a file is saved, and this page then shows itself.</p>
</body>
</html>
"""


@dataclass(frozen=True)
class Finding:
    """Something to tell whoever edits."""

    severity: str
    text: str


@dataclass
class Preview:
    """What a server remembers from one build to the next."""

    started: float = field(default_factory=time.time)
    """Seconds since the epoch."""
    last: build.Site | None = None
    """As it was when nothing went wrong."""
    findings: list[Finding] = field(default_factory=list)
    """Of the build that goes on, the theme shows them on each page; one list, which is emptied and filled."""

    def make(self, folder: Path, settings: Settings) -> build.Site:
        """The site as `build.make` makes it; where that raises, the last one that could be made, or an empty one."""
        self.findings.clear()
        self.findings += self._of_the_code()
        try:
            self.last = build.make(folder, settings)
            self.findings += findings(self.last, folder)
        except build.Unpublishable as error:
            self.last = None  # it may show whom the next one is to remove
            self.findings.append(Finding(ERROR, str(error)))
        except Exception as error:  # whatever it is: the server must live on
            self.findings.append(Finding(ERROR, f"{told(error)} Until then the pages stay as they were."))
        return self.last or build.Site(Archive(), {}, {}, {}, {}, "")

    def tell(self, words: str) -> None:
        """Say something besides on the pages of this build."""
        self.findings.append(Finding(WARNING, words))

    def can_read(self, name: str, page: Path) -> bool:
        """Whether a page that was written by hand can be read; if not, that is told."""
        try:
            page.read_text("utf-8-sig")
        except (OSError, UnicodeDecodeError):
            self.findings.append(Finding(ERROR, f"docs/{name}:1: error: This page is not in UTF-8. Save it as UTF-8."))
            return False
        return True

    def guarded(self, get_template: Callable[..., Any], tell: Callable[[str], object]) -> Callable[..., Any]:
        """The `get_template` of the theme's environment, whose templates show what is wrong with them.

        `tell` is given the same in words, once for all pages.
        """
        said: set[str] = set()

        def failed(error: Exception) -> str:
            words = str(told(error))
            if words not in said:
                tell(words)
            said.add(words)
            return _PAGE.format(finding=escape(words))

        def get(name: str, *arguments: object, **options: object) -> Any:
            try:
                return _Guarded(get_template(name, *arguments, **options), failed)
            except jinja2.TemplateNotFound:
                raise  # MkDocs asks for some that need not be there
            except Exception as error:
                return _Broken(failed(error))

        return get

    def _of_the_code(self) -> Iterator[Finding]:
        read = [p for kind in ("*.py", "*.yml") for p in CODE.rglob(kind)]
        for path in sorted(p for p in read if p.stat().st_mtime > self.started):
            name = path.relative_to(CODE.parent)
            yield Finding(WARNING, f"{name}: was changed, and is read when the server starts: start it again.")


@dataclass
class _Guarded:
    """A template of the theme, which gives the page that says what is wrong instead of raising."""

    template: Any
    failed: Callable[[Exception], str]

    def __getattr__(self, name: str) -> Any:
        return getattr(self.template, name)  # for templates that extend or include this one

    def render(self, *arguments: object, **values: object) -> str:
        try:
            page: str = self.template.render(*arguments, **values)
            return page
        except Exception as error:
            return self.failed(error)


@dataclass
class _Broken:
    """A template that cannot be read."""

    page: str

    def render(self, *arguments: object, **values: object) -> str:
        return self.page


def findings(site: build.Site, folder: Path) -> list[Finding]:
    """What a build of a folder of minutes has to say, in the words of `minutebook check`."""
    return [Finding(d.severity, in_folder(d, folder)) for d in site.archive.diagnostics]


def told(error: Exception) -> Diagnostic:
    """What was raised, with the file and the line where somebody can mend it."""
    kind = type(error).__name__
    hint = "Mend it and save it."
    if isinstance(error, jinja2.TemplateSyntaxError):
        return Diagnostic(
            "preview", ERROR, _name(error.filename or error.name), error.lineno, f"{error.message}.", hint
        )
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark:
        mark = error.problem_mark
        return Diagnostic("preview", ERROR, _name(mark.name), mark.line + 1, f"{error.problem}.", hint)
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if f.filename.endswith((".jinja", ".html")) or Path(f.filename).is_relative_to(CODE)]
    last = (ours or frames)[-1] if frames else None
    name, line = (_name(last.filename), last.lineno or 0) if last else ("", 0)
    return Diagnostic("preview", ERROR, name, line, f"{kind}: {error}.", hint)


def _name(file: str | None) -> str:
    """A file as somebody who edits knows it: below the folder of the site, where it stands there."""
    if not file:
        return ""
    path, here = Path(file), CODE.parent
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
