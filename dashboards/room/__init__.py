"""The face of a workshop: light pages for phones, a screen for the operator and one for the projector.

None of it is part of the dashboard unless a room is open: :func:`dashboards.room.serve.register` adds the routes below
``/r/CODE`` to an app's server. Pages are rendered here (Jinja, everything escaped) and brought up to date by one
small script that asks for what has changed; without it they work by reloading.
"""
