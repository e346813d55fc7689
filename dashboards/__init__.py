"""The Dash app that shows an atlas."""
