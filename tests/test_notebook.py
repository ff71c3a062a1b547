"""The example notebook runs from its first cell to its last, and shows what its text says."""

from __future__ import annotations

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode

from ran_cases import EXAMPLES

FOLDER = EXAMPLES / "notebook"
PATH = FOLDER / "three-reports.ipynb"


@pytest.fixture(scope="module")
def ran() -> NotebookNode:
    notebook = nbformat.read(PATH, as_version=4)
    client = NotebookClient(
        notebook, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}}
    )
    done: NotebookNode = client.execute()
    return done


def outputs(notebook: NotebookNode, words: str) -> list[NotebookNode]:
    """The outputs of the cell that has these words."""
    (cell,) = [c for c in notebook.cells if c.cell_type == "code" and words in c.source]
    found: list[NotebookNode] = cell.outputs
    return found


def test_it_is_kept_without_outputs() -> None:
    for cell in nbformat.read(PATH, as_version=4).cells:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


def test_the_case_shows_its_map_offline(ran: NotebookNode) -> None:
    (shown,) = outputs(ran, "masthead.open")
    page = shown.data["text/html"]
    assert "data:image/png;base64," in page
    assert "http" not in page.replace("data:image/png;base64,", "").split('">', 1)[0]
    assert "Cedar Lark" in page


def test_the_sentence_and_the_verdicts_are_there(ran: NotebookNode) -> None:
    (sentence,) = outputs(ran, "document.text[span")
    assert "boarded the tanker Amber Tern" in sentence.data["text/plain"]
    (incidents,) = outputs(ran, "case.incidents.select(")
    assert "contradicted" in incidents.data["text/html"]
    (picture,) = outputs(ran, "plt.show")
    assert "image/png" in picture.data
    (brief,) = outputs(ran, "case.brief()")
    assert brief.data["text/markdown"].startswith("# Three reports")
    (files,) = outputs(ran, "case.export")
    for name in ("case.gpkg", "case.ftm.json", "incidents.csv"):
        assert name in files.data["text/plain"]
