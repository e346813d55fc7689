"""From raw rows to a region's own vocabulary: place, organisation, sector, field; persons are left out.

Nothing here reads a source or writes a table. Every judgement carries its reasons, so that a reviewer can follow and
overrule it, and rests on tables a reader can edit (``data/rules/``), not on lists of names inside the code.
"""
