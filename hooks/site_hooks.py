"""MkDocs' events, and what each calls in `minutebook`. No logic here: another site generator needs another such file.

MkDocs puts this file's folder on `sys.path` only while it runs the file, so everything is imported at the top.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from markdown import markdown as to_html
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.utils import clean_directory

import minutebook
from minutebook.build import Site, Unpublishable
from minutebook.diagnostics import ERROR, WARNING
from minutebook.preview import Preview, findings
from minutebook.publish.export import footer
from minutebook.publish.search import WrittenPage
from minutebook.render.headings import HeadingIds
from minutebook.settings import from_config

_PUBLISHED = (InclusionLevel.INCLUDED, InclusionLevel.NOT_IN_NAV, InclusionLevel.UNDEFINED)
log = get_plugin_logger("minutebook")
site: Site
written: dict[str, WrittenPage] = {}
preview: Preview | None = None


def on_startup(command: str, dirty: bool) -> None:
    """Note whether this build is only looked at."""
    global preview
    preview = Preview() if command == "serve" else None


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Headings get the ids that our pages give them; the footer says under which licence the minutes are."""
    config.markdown_extensions.append(HeadingIds())  # type: ignore[arg-type]  # MkDocs hands instances on as they are
    try:
        settings = from_config(config)
    except ValueError as error:
        raise PluginError(f"mkdocs.yml: {error}") from error
    if not config.use_directory_urls:
        raise PluginError("mkdocs.yml: use_directory_urls must be true: an address of the archive is a folder.")
    if settings.licence and not config.copyright:
        config.copyright = footer(settings)
    return config


# Before plugins that look through the files: ours must be among what they see.
@event_priority(100)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Read the minutes, and add every page and file that is made from them."""
    global site
    written.clear()
    folder = _folder(config)
    try:
        site = (preview or minutebook).make(folder, from_config(config))
    except Unpublishable as error:
        raise PluginError(str(error)) from error
    for file in files.documentation_pages() if preview else ():
        if preview and not preview.can_read(file.src_uri, Path(file.abs_src_path or "")):
            files.remove(file)  # MkDocs would stop, and keep the browser waiting
    docs = Path(config.docs_dir)
    own = (f for f in files if f.src_dir == config.docs_dir and f.inclusion in _PUBLISHED)
    try:
        minutebook.look_by_hand(site, ((f"{docs.name}/{f.src_uri}", f.content_bytes) for f in own))
    except Unpublishable as error:
        if not preview:
            raise PluginError(str(error)) from error
        preview.tell(str(error))
    for found in preview.findings if preview else findings(site, folder):
        # Errors are what --strict stops at; what a reader of the log should know besides is a hint, not a failure.
        {ERROR: log.error, WARNING: log.info}.get(found.severity, log.debug)(found.text)
    in_nav = {page.path for page in site.pages.values() if page.address.count("/") == 1}
    for page in site.pages.values():
        # Thousands of pages in the navigation would make the build quadratic.
        level_ = InclusionLevel.INCLUDED if page.path in in_nav else InclusionLevel.NOT_IN_NAV
        files.append(File.generated(config, page.path, content=page.markdown, inclusion=level_))
    for path, data in site.files.items():
        files.append(File.generated(config, path, content=data, inclusion=InclusionLevel.NOT_IN_NAV))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Put the computed parts into hand-written pages, and keep the rest of them for the search."""
    if page.file.generated_by:
        return markdown
    wish = page.meta.get("search")  # as Material's own search is asked
    if not (isinstance(wish, dict) and wish.get("exclude")):
        html = to_html(markdown, extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
        address = page.url if page.url != "./" else ""
        written[address] = WrittenPage(address, str(page.meta.get("title") or page.title or ""), html)
    filled, unknown = minutebook.fill(markdown, site.fragments, page.file.src_uri)
    for name in unknown:
        words = f"{page.file.src_uri}: there is no part “{name}”; there are: {', '.join(sorted(site.fragments))}."
        log.warning(words)
        if preview:
            preview.tell(words)
    return filled


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Say in the head of each page where its feeds and data are; show on those of a preview what is wrong."""
    env.globals["heads"] = site.heads
    if preview:
        env.globals["preview"] = preview.findings
        env.get_template = preview.guarded(env.get_template, log.error)  # type: ignore[method-assign]
    return env


def on_post_build(config: MkDocsConfig) -> None:
    """Write what MkDocs would take for pages, and keep the ledger of addresses for the next build."""
    out = Path(config.site_dir)
    late = {page.path: page.markdown for page in site.pages.values() if page.front_matter["kind"] == "meeting"}
    for path, text in {**late, **site.redirects}.items():
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_text(text, "utf-8")
    try:
        minutebook.index(site, written.values(), from_config(config), out, _cache(config))
    except OSError as error:
        log.error(f"There will be no search: {error}")
    try:
        minutebook.last_look(site, out)
    except Unpublishable as error:
        if preview:
            log.error(error)
            return
        clean_directory(config.site_dir)  # what is there must not be published by mistake
        raise PluginError(f"{error} {config.site_dir} was emptied.") from error
    failed = any(d.severity == ERROR for d in site.archive.diagnostics)
    if preview or (failed and config.strict):
        return  # nothing is published, so nothing was promised
    try:
        minutebook.save_ledger(_folder(config), site.ledger)
    except OSError as error:
        log.warning(f"The ledger of addresses could not be kept: {error}.")


def _folder(config: MkDocsConfig) -> Path:
    """The folder of minutes, as the log should name it."""
    folder = Path(config.config_file_path).parent / "minutes_src"
    return folder.relative_to(Path.cwd()) if folder.is_relative_to(Path.cwd()) else folder


def _cache(config: MkDocsConfig) -> Path:
    """What a build keeps for the next one; nothing in it is needed."""
    return Path(config.config_file_path).parent / ".cache" / "minutebook"
