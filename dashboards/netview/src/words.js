// Measuring, shortening and breaking text. Widths are cached: a label is measured once per font, not once per frame.
const context = document.createElement("canvas").getContext("2d");
const widths = new Map();

export function widthOf(words, { size, weight = 400, family }) {
  const font = `${weight} ${size}px ${family}`;
  const key = `${font}|${words}`;
  let width = widths.get(key);
  if (width === undefined) {
    if (widths.size > 20000) widths.clear();
    context.font = font;
    width = context.measureText(words).width;
    widths.set(key, width);
  }
  return width;
}

export function forgetWidths() {
  widths.clear();
}

export function shorten(words, most) {
  if (words.length <= most) return words;
  const cut = words.slice(0, most - 1);
  const space = cut.lastIndexOf(" ");
  return `${(space > most * 0.6 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

export function wrap(words, room, font, most = Infinity) {
  const lines = [];
  let line = "";
  for (const word of words.split(/\s+/)) {
    const longer = line ? `${line} ${word}` : word;
    if (line && widthOf(longer, font) > room) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  if (line) lines.push(line);
  if (lines.length <= most) return lines;
  return [...lines.slice(0, most - 1), `${lines[most - 1]} …`];
}
