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


@kernel
def line_shapes(content: Bytes, separator: int) -> tuple[Numbers, Numbers]:
    """The start of each line, and its number of fields: 0 for a blank line, -1 for one with an
    odd number of quotation marks. Separators inside quotation marks do not count."""
    lines = 1
    for byte in content:
        if byte == _NEWLINE:
            lines += 1
    starts = np.zeros(lines + 1, np.int64)
    fields = np.zeros(lines, np.int64)
    line = 0
    count = 1
    quoted = False
    blank = True
    for i in range(content.size):
        byte = content[i]
        if byte == _NEWLINE:
            fields[line] = -1 if quoted else (0 if blank else count)
            line += 1
            starts[line] = i + 1
            count = 1
            quoted = False
            blank = True
        else:
            if byte == _QUOTE:
                quoted = not quoted
            elif byte == separator and not quoted:
                count += 1
            if byte not in (_SPACE, _RETURN):
                blank = False
    fields[line] = -1 if quoted else (0 if blank else count)
    starts[line + 1] = content.size
    return starts, fields
