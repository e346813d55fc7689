"""Views: an atlas and a selection become plain rows; no dash and no plotly in here."""
