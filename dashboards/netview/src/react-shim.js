// Dash's renderer owns React; a second copy in the bundle would break hooks.
const React = window.React;
export default React;
export const { createElement, useEffect, useRef } = React;
