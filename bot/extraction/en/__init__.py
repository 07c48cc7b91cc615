"""English: how staff write about a candidate, concept by concept."""
