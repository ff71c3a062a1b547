"""The score of a run, drawn: terminal, HTML, JSON."""
