"""Fetching public lists, only when the user asks: https, a limit on the size, whole files only."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from masthead import __version__
from masthead.errors import SourceError

LIMIT_BYTES = 1 << 30
TIMEOUT_S = 60.0
_CHUNK = 1 << 18
_HERE = ("localhost", "127.0.0.1", "::1")


class _SafeRedirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect only to where an address itself may point."""

    def redirect_request(self, req, fp, code, msg, headers, newurl):  # type: ignore[no-untyped-def]
        _check(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(
    address: str,
    target: Path,
    *,
    limit_bytes: int = LIMIT_BYTES,
    progress: Callable[[int, int | None], None] | None = None,
) -> int:
    """Fetch an address into a file; returns its bytes. An older file stays until the new one is
    whole. Only https, or http of this machine itself. Raises `SourceError`."""
    _check(address)
    request = urllib.request.Request(address, headers={"User-Agent": f"masthead/{__version__}"})
    part = target.with_name(f"{target.name}.part")
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with (
            urllib.request.build_opener(_SafeRedirects).open(request, timeout=TIMEOUT_S) as answer,
            part.open("wb") as file,
        ):
            length = answer.headers.get("Content-Length", "")
            total = int(length) if length.isdecimal() else None
            done = _copy(answer, file, address, limit_bytes, total, progress)
        if total is not None and done != total:
            raise SourceError(address, f"broke off after {done:,} of {total:,} bytes; try again")
        part.replace(target)
    except urllib.error.HTTPError as error:
        raise SourceError(address, f"answers {error.code} {error.reason}") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise SourceError(
            address, f"cannot be fetched ({reason}); is this machine online? A list may also be "
            "downloaded by hand and named in the case file"
        ) from error  # fmt: skip
    finally:
        part.unlink(missing_ok=True)
    return done


def _copy(
    answer: IO[bytes],
    file: IO[bytes],
    address: str,
    limit_bytes: int,
    total: int | None,
    progress: Callable[[int, int | None], None] | None,
) -> int:
    done = 0
    while chunk := answer.read(_CHUNK):
        done += len(chunk)
        if done > limit_bytes:
            raise SourceError(address, f"is larger than {limit_bytes:,} bytes; nothing was kept")
        file.write(chunk)
        if progress is not None:
            progress(done, total)
    return done


def _check(address: str) -> None:
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE):
        return
    raise SourceError(address, "is no https address; only those are fetched")
