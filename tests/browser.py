"""A real browser for the tests, and a server that behaves like the one the site will live on.

A Chromium is taken from the PATH, else Playwright's own, else Debian's package where it may be installed. Where all of
that fails there is a reason in one line to skip with.
"""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL_SECONDS = 300
FLAGS = (
    "--headless",
    "--no-sandbox",  # root, in most containers, may not make one; and the pages are ours
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # a request that leaves the site fails, and is seen
)


def find_chromium() -> str | None:
    """The path of a Chromium that starts, or None: `no_chromium` then says why. Looks, and installs, only once."""
    return _search()[0]


def no_chromium() -> str:
    """Why there is no Chromium, in one line; empty where there is one."""
    return _search()[1]


@contextlib.contextmanager
def launch(**options: Any) -> Iterator[Browser]:
    """A running Chromium; `options` go to Playwright's `launch`."""
    path = find_chromium()  # before Playwright starts: it cannot be started twice in one thread
    if path is None:
        raise RuntimeError(no_chromium())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS), **options)
        try:
            yield browser
        finally:
            browser.close()


@functools.cache
def _search() -> tuple[str | None, str]:
    found = _on_path() or _of_playwright()
    if found:
        return found, ""
    why = _install()
    found = _on_path()
    if found:
        return found, ""
    return None, f"no Chromium on the PATH, none of Playwright's, and {why or 'the installed package does not start'}"


def _on_path() -> str | None:
    paths = (shutil.which(command) for command in COMMANDS)
    return next((path for path in paths if path and _starts(path)), None)


def _of_playwright() -> str | None:
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() and _starts(path) else None


def _starts(path: str) -> bool:
    """Ubuntu's `chromium-browser`, for one, is a script that only says where to get the real one."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def _install() -> str:
    """Install Debian's Chromium; why that did not work, or nothing."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0 or not shutil.which("apt-get"):
        return "Debian's cannot be installed without root and apt-get"
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    deadline = time.monotonic() + INSTALL_SECONDS
    for arguments in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
        command = ["apt-get", "-qq", *arguments]
        try:
            done = subprocess.run(
                command,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=max(1.0, deadline - time.monotonic()),
                check=False,
            )
        except subprocess.TimeoutExpired:
            return f"`{' '.join(command)}` did not end in time"
        # A failed update need not matter: an older list may do.
        if done.returncode and "install" in arguments:
            return f"`{' '.join(command)}` failed with exit code {done.returncode}"
    return ""


@contextlib.contextmanager
def serve(directory: str | os.PathLike[str], base: str = "/repo/") -> Iterator[str]:
    """Serve a built site below the sub-path `base`, as GitHub Pages does, on a free port; gives the site's address."""
    inner = base.strip("/")
    base = f"/{inner}/" if inner else "/"
    server = _Server(directory, base)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}{base}"
    finally:
        server.shutdown()
        thread.join()
        server.hang_up()
        server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # so that closing waits for the threads, and leaves no socket open

    def __init__(self, directory: str | os.PathLike[str], base: str) -> None:
        self.base = base
        self.connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", 0), functools.partial(_Pages, directory=os.fspath(directory)))

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self.connections.add(connection)
        return connection, address

    def shutdown_request(self, request: Any) -> None:
        self.connections.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End what is still open: a browser connects ahead of need, and its thread would wait for ever."""
        for connection in list(self.connections):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves in the middle of an answer is nothing to report."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Pages(SimpleHTTPRequestHandler):
    server: _Server

    def send_head(self) -> Any:
        path = urlsplit(self.path).path
        if path + "/" == self.server.base:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", self.server.base)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return None
        if not path.startswith(self.server.base):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self.server.base))

    def list_directory(self, path: str | os.PathLike[str]) -> None:
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, "404.html")
        if code != HTTPStatus.NOT_FOUND or not self.path.startswith(self.server.base) or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")  # a test may build the same page twice within a second
        super().end_headers()

    def log_message(self, *args: Any) -> None:
        """Quiet."""
