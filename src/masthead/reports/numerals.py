"""Numbers in words, as reports count ships and days with them."""

from __future__ import annotations

NUMBERS = {
    word: n
    for n, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
         "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
         "nineteen", "twenty")
    )
} | {"couple": 2, "pair": 2, "both": 2, "dozen": 12, "thirty": 30, "forty": 40, "fifty": 50,
     "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}  # fmt: skip
"""Single words only; "hundred" and more stand for no exact number in reports."""

ORDINALS = {
    word: n + 1
    for n, word in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
         "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth")
    )
}  # fmt: skip
"""The places in a count ("a third tanker")."""
