"""The files of the web console, served at every address that no other route has.

Built by `make setup` from `console/`. Each page is the same document: its address tells what to show.
"""

import hashlib
import mimetypes
from functools import cached_property
from pathlib import Path

import msgspec
from falcon.asgi import Request, Response

from flagstaff.kernel.errors import NotFound

BUILT = Path(__file__).parent / "console_files"
NOT_BUILT = "The console is not built: run `make setup` in the repository, or install the wheel"
ASSETS = "/assets/"  # their names have a hash of their content
SCHEME_COOKIE = "flagstaff-scheme"
SCHEMES = ("light", "dark")
NEVER_PAGES = ("/api/v2", "/auth/", "/oauth/", "/.well-known/")
CONSENT = "/oauth/consent"  # the one page among these
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class File(msgspec.Struct, frozen=True):
    """A file as it is sent: plain, and packed if that is shorter."""

    content: bytes
    packed: bytes | None
    media: str
    etag: str


class Console:
    """The built console in a folder; without one it serves nothing."""

    def __init__(self, folder: Path = BUILT) -> None:
        self.folder = folder

    @property
    def is_built(self) -> bool:
        return "/index.html" in self._files

    def answer(self, request: Request, response: Response) -> bool:
        """Fill the response with a file or a page, and say whether there is one; NotFound if unbuilt."""
        if request.method not in ("GET", "HEAD"):
            return False
        file = self._files.get(request.path)
        if file is not None and request.path != "/index.html":
            _send(request, response, file, is_lasting=request.path.startswith(ASSETS))
            return True
        if not _asks_for_page(request):
            return False
        if not self.is_built:
            raise NotFound(NOT_BUILT)
        _send(request, response, self._pages[request.cookies.get(SCHEME_COOKIE, "")])
        response.append_header("Vary", "Cookie")
        return True

    @cached_property
    def _files(self) -> dict[str, File]:
        found = (path for path in self.folder.rglob("*") if path.is_file() and path.suffix != ".gz")
        return {f"/{path.relative_to(self.folder).as_posix()}": _read(path) for path in sorted(found)}

    @cached_property
    def _pages(self) -> "_Pages":
        """The document by the colour scheme that its reader has chosen, so that none flashes."""
        plain = self._files["/index.html"]
        return _Pages({scheme: _paint(plain, scheme) for scheme in SCHEMES} | {"": plain})


class _Pages(dict[str, File]):
    def __missing__(self, scheme: str) -> File:
        return self[""]


def _asks_for_page(request: Request) -> bool:
    """Whether a browser wants a document; programs get the API's error."""
    is_place = request.path == CONSENT or not request.path.startswith(NEVER_PAGES)
    return is_place and "text/html" in (request.get_header("Accept") or "")


def _read(path: Path) -> File:
    packed = path.with_name(f"{path.name}.gz")
    media = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return _file(path.read_bytes(), packed.read_bytes() if packed.exists() else None, media)


def _file(content: bytes, packed: bytes | None, media: str) -> File:
    return File(content, packed, media, f'"{hashlib.sha256(content).hexdigest()[:20]}"')


def _paint(page: File, scheme: str) -> File:
    content = page.content.replace(b"<html ", f'<html data-mantine-color-scheme="{scheme}" '.encode(), 1)
    return _file(content, None, page.media)


def _send(request: Request, response: Response, file: File, *, is_lasting: bool = False) -> None:
    for name, value in HEADERS.items():
        response.set_header(name, value)
    response.set_header("Cache-Control", "public, max-age=31536000, immutable" if is_lasting else "no-cache")
    response.set_header("Vary", "Accept-Encoding")
    response.etag = file.etag
    if file.etag in (request.get_header("If-None-Match") or ""):
        response.status = 304
        return
    response.content_type = f"{file.media}; charset=utf-8" if _is_text(file.media) else file.media
    if file.packed is not None and "gzip" in (request.get_header("Accept-Encoding") or ""):
        response.set_header("Content-Encoding", "gzip")
        response.data = file.packed
    else:
        response.data = file.content


def _is_text(media: str) -> bool:
    return media.startswith("text/") or media in ("image/svg+xml", "application/json")
