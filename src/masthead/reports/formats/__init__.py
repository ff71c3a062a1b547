"""The formats that reports come in, one small file each; `READERS` says which suffix is which."""

from __future__ import annotations

from masthead.reports.formats.feeds import read_feed
from masthead.reports.formats.mail import read_eml, read_mbox
from masthead.reports.formats.markup import read_html, read_markdown
from masthead.reports.formats.pdf import read_pdf
from masthead.reports.formats.record import Reader
from masthead.reports.formats.rows import read_csv, read_json, read_jsonl
from masthead.reports.formats.text import read_text

READERS: dict[str, Reader] = {
    ".txt": read_text, ".text": read_text,
    ".md": read_markdown, ".markdown": read_markdown,
    ".html": read_html, ".htm": read_html, ".xhtml": read_html,
    ".pdf": read_pdf,
    ".jsonl": read_jsonl, ".ndjson": read_jsonl, ".json": read_json,
    ".csv": read_csv, ".tsv": read_csv,
    ".eml": read_eml, ".mbox": read_mbox,
    ".rss": read_feed, ".atom": read_feed, ".xml": read_feed,
}  # fmt: skip
"""The reader of each suffix; any of them may have `.gz` after it."""
