"""Images: one ship's track, the map of a crisis, its time line."""
