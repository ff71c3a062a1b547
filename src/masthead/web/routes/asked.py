"""What every route is given: the newest snapshot of the case, and the desk itself."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from masthead.web.desk import Desk
from masthead.web.snapshot import Snapshot


def _desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


def _now(request: Request) -> Snapshot:
    return _desk(request).now


OfDesk = Annotated[Desk, Depends(_desk)]
Now = Annotated[Snapshot, Depends(_now)]
