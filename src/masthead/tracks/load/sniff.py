"""Which format a stream of track data is in, told from its content and never from its name."""

from __future__ import annotations

import re
from typing import Literal

Format = Literal["parquet", "nmea", "jsonlines", "table", "unknown"]

HEAD_BYTES = 1 << 16
_SENTENCE = re.compile(rb"[!$][A-Z]{2}VD[MO],\d")


def sniff(head: bytes) -> Format:
    """The format of a stream that begins with `head` (`HEAD_BYTES` of it, or all)."""
    if head[:4] == b"PAR1":
        return "parquet"
    if _SENTENCE.search(head):
        return "nmea"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] in (b"{", b"["):
        return "jsonlines"
    line = text.split(b"\n", 1)[0]
    if b"\0" not in line and any(line.count(s) >= 3 for s in (b",", b";", b"\t", b"|")):
        return "table"
    return "unknown"
