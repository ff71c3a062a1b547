"""Work on parts of something larger than memory, on several threads, the results in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Part = TypeVar("Part")
Result = TypeVar("Result")


def in_turn(
    parts: Iterable[Part], work: Callable[[Part], Result], workers: int
) -> Iterator[Result]:
    """What `work` makes of each part, in order, with no more parts in memory than there are
    threads and one. Where the parts break off with an error, what came before is given first."""
    source = iter(parts)
    broken: Exception | None = None
    waiting: deque[Future[Result]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        while True:
            try:
                waiting.append(pool.submit(work, next(source)))
            except StopIteration:
                break
            except Exception as error:  # noqa: BLE001 (raised again below, when it is its turn)
                broken = error
                break
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    if broken is not None:
        raise broken
