"""Figures: plain rows become plotly figures (as dicts) or the network payload; no dash in here.

Figures are plain dicts with float32 arrays, because ``go.Figure`` costs ten times the time to serialise; tests hold
them against plotly's own schema.
"""
