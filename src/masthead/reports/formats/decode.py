"""Bytes to text, and text to the text that offsets count in.

The encoding is, in order: what a byte order mark says; UTF-16 that shows by its zero bytes; UTF-8,
if its bytes fit (text in another encoding hardly ever does); what the file declares; the best
guess of charset-normalizer among the encodings still met on the web; Windows-1252. Decoding never
fails: a byte that has no meaning becomes U+FFFD.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

from charset_normalizer import from_bytes

from masthead.reports.formats.language import detect_language

GUESS_BYTES = 64 * 1024
"""How much of a file the guess looks at."""

CANDIDATES = [
    "cp1252", "cp1251", "koi8_r", "koi8_u", "cp1256", "iso8859_6", "cp1250", "iso8859_2", "cp1253",
    "cp1254", "cp1255", "cp1257", "cp1258", "cp874", "iso8859_5", "shift_jis", "euc_jp", "gb18030",
    "big5", "euc_kr",
]  # fmt: skip
"""The legacy encodings of the WHATWG Encoding Standard (encoding.spec.whatwg.org) that news sites,
ministries and port agents of the regions concerned have used, the commonest first."""

_CENTRAL = ("cp1250", "iso8859_2")
_BALTIC = ("cp1257", "iso8859_13")
LATIN: dict[str | None, tuple[str, ...]] = {
    None: ("cp1252",), "tr": ("cp1254",), "az": ("cp1254",), "vi": ("cp1258",),
    "pl": _CENTRAL, "cs": _CENTRAL, "sk": _CENTRAL, "hu": _CENTRAL, "sl": _CENTRAL,
    "hr": _CENTRAL, "bs": _CENTRAL, "sr": _CENTRAL, "ro": _CENTRAL, "sq": _CENTRAL,
    "lt": _BALTIC, "lv": _BALTIC, "et": _BALTIC,
}  # fmt: skip
"""The encodings of Latin letters by language (Encoding Standard, fallback by locale); all other
languages are Western European."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030",
              "gbk": "gb18030"}  # fmt: skip
"""Declared names that in practice stand for the larger set (WHATWG Encoding Standard, 4.2)."""

_SHIFTING = ("iso2022", "hz", "utf-7")
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNUSABLE = re.compile(
    "[\x01-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff]"
)
_SPACES = re.compile(r"\s+")


def decode(content: bytes, declared: str | None = None) -> tuple[str, str]:
    """The text of some bytes and the name of the encoding it was in."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace"), encoding
    if wide := _wide(content[:4096]):
        return content.decode(wide, "replace"), wide
    named = _codec(declared)
    if named and named.startswith(_SHIFTING):
        return content.decode(named, "replace"), named
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        if _nearly_utf8(content):
            return content.decode("utf-8", "replace"), "utf-8"
    if named and named != "utf-8":
        return content.decode(named, "replace"), named
    guessed = _guess(content[:GUESS_BYTES])
    return content.decode(guessed, "replace"), guessed


def clean_text(text: str) -> str:
    """The text with `\\n` as its only line end, without NUL and byte order marks; lone surrogates,
    noncharacters and control characters become U+FFFD."""
    text = _NEWLINES.sub("\n", text.replace("\0", "").lstrip("\ufeff"))
    return _UNUSABLE.sub("\ufffd", text)


def clean_line(text: str, limit: int = 300) -> str | None:
    """A title or a name: one line, at most `limit` characters; None if nothing is left."""
    return _SPACES.sub(" ", clean_text(text[: 4 * limit])).strip()[:limit].strip() or None


def _guess(sample: bytes) -> str:
    """The likeliest legacy encoding. Between those for Latin letters the statistics of bytes say
    little (e-grave of Windows-1252 is c-caron of 1250), so the language decides."""
    best = from_bytes(sample, cp_isolation=CANDIDATES, preemptive_behaviour=False).best()
    guessed = best.encoding if best else LATIN[None][0]
    if guessed not in {encoding for group in LATIN.values() for encoding in group}:
        return guessed
    language = detect_language(sample.decode(guessed, "replace"))
    group = LATIN.get(language, LATIN[None])
    return guessed if guessed in group else group[0]


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark. In it every other byte is the high byte of a character: zero for
    Latin letters, digits, spaces and line ends, and the same for nearly all letters of another
    alphabet. The low bytes are hardly ever zero."""
    pairs = len(head) // 2
    for high, low, encoding in ((1, 0, "utf-16-le"), (0, 1, "utf-16-be")):
        common = Counter(head[high : 2 * pairs : 2])
        zeros = common[0]
        if zeros < 4 or zeros < 0.05 * pairs or head[low : 2 * pairs : 2].count(0) > 0.02 * pairs:
            continue
        if sum(count for _, count in common.most_common(2)) > 0.8 * pairs:
            return encoding
    return None


def _nearly_utf8(content: bytes) -> bool:
    """UTF-8 with a few broken bytes: one in a hundred of its characters beyond ASCII, or one."""
    text = content.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    beyond = sum(1 for character in text if character > "\x7f")
    return broken * 100 <= beyond or (broken == 1 and beyond > 4)


def _codec(name: str | None) -> str | None:
    """The text codec of a declared name; None for one that Python has not, or that is none."""
    try:
        codec = codecs.lookup((name or "").strip().strip("\"'"))
        codec.decode(b"ab", "replace")[0].encode()
    except (LookupError, ValueError, AttributeError, TypeError, AssertionError, OSError):
        return None
    if codec.name in ("unicode_escape", "raw_unicode_escape", "idna", "punycode", "undefined",
                      "rot13", "mbcs", "oem") or codec.name.endswith("_codec"):  # fmt: skip
        return None
    return _WEB_NAMES.get(codec.name, codec.name)
