// How a box that is typed into finds its options: ä and a, ß and ss, capitals or not.
(function () {
  "use strict";
  const folded = (text) => text.toLowerCase().replaceAll("ß", "ss").normalize("NFKD").replace(/\p{M}/gu, "");

  window.dashMantineFunctions = Object.assign(window.dashMantineFunctions || {}, {
    byName: ({ options, search, limit }) => {
      const wanted = folded(search.trim());
      return options.filter((one) => folded(one.label).includes(wanted)).slice(0, limit);
    },
    // the server chose them already, also by other names
    asSent: ({ options, limit }) => options.slice(0, limit),
  });
})();
