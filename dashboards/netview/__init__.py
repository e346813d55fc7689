"""The network canvas as a Dash component: sigma.js and graphology in one committed bundle, so that users need no Node.

`NetView.py`, `metadata.json`, `netview.min.js` and `LICENSES` are written by `npm run build` here; edit `src/`.
"""

import sys
from hashlib import sha256
from importlib.resources import files
from typing import Final

from dash.development.base_component import ComponentRegistry

from dashboards.netview.NetView import NetView

__all__ = ["NetView"]
# Browsers keep a bundle as long as its version stays the same, and in a wheel every file has the same date: the content
# has to be the version.
__version__: Final = sha256(files(__name__).joinpath("netview.min.js").read_bytes()).hexdigest()[:12]

_js_dist = [{"relative_package_path": "netview.min.js", "namespace": "dashboards.netview"}]
_css_dist: list[dict[str, str]] = []

# Dash looks for a component's files in its top-level package; ours lie one level down, where the registry does not look
# by itself. The entry is process-wide and the same for every app.
ComponentRegistry.registry.add("dashboards.netview")
ComponentRegistry.namespace_to_package["dashboards_netview"] = "dashboards.netview"
# what Dash asks for at each of a component's properties
sys.modules.setdefault("dashboards_netview", sys.modules[__name__])
