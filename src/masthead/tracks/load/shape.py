"""The shape of delimited text: where each line starts and how many fields it has.

A CSV reader that meets a row with a field too few, a field too many or a lone quotation mark
fills, drops or swallows silently. Counting fields first, in one pass over the bytes, finds those
rows, so that they can be rejected by line.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from masthead.tracks.kernels import kernel

_NEWLINE, _RETURN, _QUOTE, _SPACE = 10, 13, 34, 32

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]


def line_shapes(content: Bytes, separator: int) -> tuple[Numbers, Numbers]:
    """The start of each line, and its number of fields: 0 for a blank line, -1 for one with an
    odd number of quotation marks. Separators inside quotation marks do not count."""
    special = np.zeros(256, np.uint8)
    special[[separator, _QUOTE, _NEWLINE]] = [1, 2, 3]
    found: tuple[Numbers, Numbers] = _shapes(
        content, special, int(np.count_nonzero(content == _NEWLINE)) + 1
    )
    return found


@kernel
def _shapes(content: Bytes, special: Bytes, lines: int) -> tuple[Numbers, Numbers]:
    starts = np.zeros(lines + 1, np.int64)
    fields = np.zeros(lines, np.int64)
    line = 0
    count = 1
    quoted = False
    for i in range(content.size + 1):
        kind = special[content[i]] if i < content.size else 3
        if kind == 0:
            continue
        if kind == 1:
            if not quoted:
                count += 1
        elif kind == 2:
            quoted = not quoted
        else:
            blank = count == 1
            for k in range(starts[line], i if blank else starts[line]):
                if content[k] != _SPACE and content[k] != _RETURN:
                    blank = False
                    break
            fields[line] = -1 if quoted else (0 if blank else count)
            line += 1
            starts[line] = min(i + 1, content.size)
            count = 1
            quoted = False
    return starts, fields
