"""The words of a simulated crisis: a grammar, phrases, sentences, notices, and documents.

`sim.telling` decides who tells what, when, and how truly; the productions are in
`data/wording.toml`.
"""
