"""Measures of regional science as pure functions: frames, graphs and matrices in, new values out.

What is exported here is named differently from every module: a function called like its module (``relatedness``,
``complexity``) is imported from there, so that ``from ecosystem.measures import relatedness`` stays the module.

The list stands in ``__init__.pyi``; a family is imported when one of its names is first used, so that a dashboard does
not wait for measures nobody asked for.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
