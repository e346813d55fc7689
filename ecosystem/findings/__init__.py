"""The measures applied to a region: from its tables to a finding that can be repeated.

An atlas has a method for every measure (:class:`ecosystem.findings.methods.Findings`), ``ecosystem measure`` prints it,
and ``registry.find(Material(tables), "specialisation", level="district")`` computes it from tables alone. ``MEASURES``
in :mod:`ecosystem.findings.registry` lists the names with the question each answers.

Nothing is imported here: an app starts without the measures.
"""
