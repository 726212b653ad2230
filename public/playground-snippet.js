// What an integrator would write to get what is set here: only what differs from the defaults.

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** `[["view", "plans"], ["debug", ""]]` as they stand in a tag. */
const written = (attributes) => attributes.map(([name, value]) => ` ${name}${value === "" ? "" : `="${escaped(value)}"`}`).join("");

const slotted = (slot) => `\n  <div slot="${slot}">${slot}</div>`;

/** The snippet of `{ attributes, tokens, texts, slots }`: names and values each, and names of slots. */
export function snippet({ attributes, tokens, texts, slots }) {
  const lines = ['<script type="module" src="esim-renewal.js"></script>'];
  const declarations = Object.entries(tokens).map(([name, value]) => `  ${name}: ${value};`);
  if (declarations.length) lines.push("<style>", "esim-renewal {", ...declarations, "}", "</style>");
  const children = slots.map(slotted).join("");
  lines.push(`<esim-renewal${written(Object.entries(attributes))}>${children}${children && "\n"}</esim-renewal>`);
  if (Object.keys(texts).length) {
    // A text may not end the script that it stands in.
    const json = JSON.stringify(texts, null, 2).replaceAll("<", "\\u003c");
    lines.push('<script type="module">', `document.querySelector("esim-renewal").texts = ${json};`, "</script>");
  }
  return lines.join("\n");
}
