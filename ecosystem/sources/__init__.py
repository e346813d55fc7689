"""Readers of real registers, one a source: raw rows with their provenance, nothing silently lost."""
