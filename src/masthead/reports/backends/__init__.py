"""Optional readers beside the one that ships, off unless asked for.

`endpoint` asks a language model behind an OpenAI-compatible address; `names` asks GLiNER2 for the
names of ships. Neither is a dependency, and neither is trusted: whatever they say must stand in
the document word for word.
"""
