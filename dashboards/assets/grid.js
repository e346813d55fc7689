// What the tables call by name: numbers and sorting in the reader's language, links that open outside.
(function () {
  "use strict";
  const functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});
  const components = (window.dashAgGridComponentFunctions = window.dashAgGridComponentFunctions || {});
  const collator = new Intl.Collator("de", { sensitivity: "base", numeric: true });

  functions.ecosystemNumber = (value, digits, language, mixed = false) => {
    if (value === null || value === undefined) return "–";
    const places = mixed && Number.isInteger(value) ? 0 : digits;
    return Number(value).toLocaleString(language === "de" ? "de-DE" : "en-GB", { minimumFractionDigits: places, maximumFractionDigits: places });
  };
  functions.ecosystemCompare = (a, b) => collator.compare(a || "", b || "");
  components.EcosystemLink = (props) =>
    props.value
      ? window.React.createElement("a", { href: props.value, target: "_blank", rel: "noopener noreferrer" }, props.value)
      : "–";
})();
