// Colours are opaque throughout: sigma 3 draws translucent edges white (sigma issue 1533).
export const THEMES = {
  light: { background: "#FFFFFF", text: "#15181C", edge: "#8A9099", lit: "#4A5058", border: "#B4BBC3", focus: "#15181C", veil: 0.8 },
  dark: { background: "#15181C", text: "#F1F3F5", edge: "#8A9099", lit: "#C3C9D0", border: "#4B535C", focus: "#F1F3F5", veil: 0.78 },
  contrast: { background: "#000000", text: "#FFFFFF", edge: "#8A9099", lit: "#FFFFFF", border: "#8A9099", focus: "#FFFF00", veil: 0.8 },
};
const GREY = "#8A9099";

export function channels(hex) {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function luminance(hex) {
  const [r, g, b] = channels(hex).map((v) => (v / 255 <= 0.03928 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

// WCAG contrast of black and of white is equal at a luminance of about 0.179.
export function inkOn(hex) {
  return luminance(hex) > 0.179 ? "#000000" : "#FFFFFF";
}

export function lookOf(name, palette) {
  const theme = THEMES[name] ?? THEMES.light;
  const given = Array.isArray(palette) ? palette : (palette?.[name] ?? palette?.light ?? []);
  const contrast = theme === THEMES.contrast;
  const fill = (c) => (contrast ? "#FFFFFF" : (given[c] ?? GREY));
  return { ...theme, name, fill, captionInk: (c) => (contrast ? theme.text : (given[c] ?? theme.text)) };
}
