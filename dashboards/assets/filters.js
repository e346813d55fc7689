// Numbers beside the options of the filters. Each as an output of a callback, they kept Dash busy longer than the pictures.
(function () {
  "use strict";

  Object.assign(window.ecosystem, {
    counted(texts) {
      for (const [id, text] of Object.entries(texts ?? {})) {
        const place = document.getElementById(id);
        if (place && place.textContent !== text) place.textContent = text;
      }
    },
    // closed lists: nobody sees them before the page is at rest
    offered(lists) {
      requestIdleCallback(() => {
        for (const [key, data] of Object.entries(lists ?? {})) window.dash_clientside.set_props({ key, type: "control" }, { data });
      }, { timeout: 1000 });
    },
  });
})();
