"""Regional innovation ecosystems: from tables of actors to polycentric clusters."""
