"""Schemathesis over the whole OpenAPI document, in process: no answer is a server's error."""

from __future__ import annotations

from pathlib import Path

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import response_schema_conformance

from masthead.web.app import make_app
from masthead.web.desk import Desk
from masthead.web.door import Door
from web.conftest import TOKEN

HEADERS = {"Authorization": f"Bearer {TOKEN}", "Host": "127.0.0.1:8321"}


def test_no_question_makes_the_server_fail(case_file: Path) -> None:
    answered: set[tuple[str, int]] = set()
    with Desk(case_file) as desk:
        app = make_app(desk, Door(token=TOKEN))
        described = schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=HEADERS)
        for operation in described.get_all_operations():
            _try(operation.ok(), answered)
    good = {path for path, status in answered if status == 200}
    named = ("case", "events", "tracks", "incidents", "ports", "stream")
    assert {f"/api/{name}" for name in named} <= good


def _try(operation: schemathesis.schemas.APIOperation, answered: set[tuple[str, int]]) -> None:
    @given(case=operation.as_strategy())
    @settings(max_examples=25, deadline=None, phases=[Phase.generate], derandomize=True,
              suppress_health_check=list(HealthCheck), database=None)  # fmt: skip
    def ask(case: schemathesis.Case) -> None:
        if operation.path == "/api/stream":  # without this it has no end
            case.query = {**(case.query or {}), "most_s": 0}
        answer = case.call_and_validate(
            headers=HEADERS, checks=[not_a_server_error, response_schema_conformance]
        )
        answered.add((operation.path, answer.status_code))

    ask()
