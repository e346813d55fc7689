"""What would change: steps that turn a region's tables into other tables, and what that does to the numbers.

A scenario is a list of :class:`Step`; :func:`apply` gives new :class:`ecosystem.tables.Tables`, and everything behind
tables works on these as it does on facts. :func:`what_if` gives the atlas of a scenario on the same positions and
with clusters continued from the known ones, :func:`compare` what differs, :func:`best_ties` and :func:`leaving` answer
the two questions asked first. Nothing here writes into a region folder.

The list of what is exported stands in ``__init__.pyi``; a part is imported when one of its names is first used.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
