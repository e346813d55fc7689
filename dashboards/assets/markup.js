// What makes a page of many parts quick (dashboards/components/markup.py).
(function () {
  "use strict";
  const ADDRESSES = ["href", "src", "action", "formAction"];

  function clean(props) {
    for (const name of ADDRESSES) if (props?.[name]) props = { ...props, [name]: window.dash_clientside.clean_url(props[name]) };
    return props;
  }

  // a node is text, the number of a component in a list of its own, or [tag, properties, ...nodes]; no tag: nodes alone
  function element(node, components) {
    if (!Array.isArray(node)) return node;
    if (node.length === 1) return components[node[0]];
    const [tag, props, ...inner] = node;
    const { createElement, Fragment } = window.React;
    return createElement(tag ?? Fragment, clean(props), ...inner.map((one) => element(one, components)));
  }

  // Plain HTML as one component: Dash's renderer looks at every component of a page after every answer, so that a page of a
  // thousand spans and cells is slow for what nothing will ever change in.
  const Markup = ({ tree, children }) => element(tree, [].concat(children ?? []));

  // --- charts and tables: an empty box until they are in sight and have something to show

  const MARGIN_PX = 150, REST_MS = 700;
  const waiting = new Map();
  let looking = null, rest = null;

  const filled = ({ figure }) => !figure || window.dash_component_api.getLayout(figure)?.props.figure?.data !== undefined;

  const sight = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) if (waiting.has(target)) waiting.get(target).near = isIntersecting;
    look();
  }, { rootMargin: `${MARGIN_PX}px` });

  function look() {
    looking ??= requestAnimationFrame(() => {
      looking = null;
      const near = [...waiting.values()].filter((one) => one.near);
      for (const one of near) if (filled(one)) one.open();
      if (near.some((one) => !filled(one))) look();
    });
  }

  // what lies below the window is drawn once the page is at rest, one after the other; what is hidden is not
  function later() {
    clearTimeout(rest);
    rest = setTimeout(() => requestIdleCallback(() => {
      for (const [box, one] of waiting) {
        if (!box.checkVisibility() || !filled(one)) continue;
        one.open();
        later();
        return;
      }
    }), REST_MS);
  }

  function Later({ box, figure, children }) {
    const { cloneElement, createElement, useEffect, useRef, useState } = window.React;
    const place = useRef(null);
    const waited = useRef(null);
    // React keeps a state when another page has its chart in the same place
    const [opened, open] = useState(null);
    const shown = opened === box.id;
    useEffect(() => {
      if (shown) return undefined;
      const element = place.current;
      waiting.set(element, { figure, near: false, open: () => open(box.id) });
      sight.observe(element);
      later();
      return () => {
        waiting.delete(element);
        sight.unobserve(element);
      };
    }, [box.id, shown]);
    // Dash draws what is new on a page as it was sent; what has waited here may have its figure by now
    const fresh = children.props._newRender;
    if (!shown) waited.current = fresh;
    const current = fresh && fresh === waited.current ? cloneElement(children, { _newRender: undefined }) : children;
    return shown ? current : createElement("div", { ...box, ref: place });
  }

  window.dashboards_markup = { Markup, Later };
})();
