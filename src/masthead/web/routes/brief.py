"""/api/brief.html: the brief as its own page."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from masthead.web.routes.asked import Now

router = APIRouter(tags=["brief"])
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox"
)
"""The brief is one file with its styles in it; nothing in it may run or fetch."""


@router.get("/brief.html", response_class=HTMLResponse)
def read_brief(now: Now) -> HTMLResponse:
    """The brief: one page that needs nothing else."""
    headers = {"Content-Security-Policy": POLICY, "X-Frame-Options": "SAMEORIGIN"}
    return HTMLResponse(now.brief(), headers=headers)
