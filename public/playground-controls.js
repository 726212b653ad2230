// The controls of the playground, made from what the manifest (Custom Elements Manifest, version 2.1.0) says of the element.

/** A new element with properties, and texts or elements in it. */
export function make(name, properties, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** What the manifest says of the element. */
export async function declarationOf(tag) {
  const answer = await fetch("custom-elements.json");
  if (!answer.ok) throw new Error(`${answer.status} for ${answer.url}`);
  const { modules } = await answer.json();
  return modules.flatMap(({ declarations = [] }) => declarations).find(({ tagName }) => tagName === tag);
}

/** The words of a type such as `'light' | 'dark'`; nothing for any other type. */
function wordsOf(type) {
  const parts = type.split("|").map((part) => part.trim()).filter((part) => !["null", "undefined", "''", '""'].includes(part));
  const words = parts.map((part) => /^(['"])(.+)\1$/.exec(part)?.[2]);
  return words.every(Boolean) ? words : [];
}

const unquoted = (text = "") => text.replace(/^(['"])(.*)\1$/, "$2");
let made = 0;

/** A control with its name as the label, and below it what it does. */
export function field(name, description, control, more = []) {
  control.id = `control-${++made}`;
  const hint = make("p", { id: `${control.id}-hint`, className: "hint" }, description ?? "");
  control.setAttribute("aria-describedby", hint.id);
  const label = make("label", { htmlFor: control.id }, make("code", {}, name));
  const row = make("div", { className: "row" }, control, ...more);
  const isSwitch = control.type === "checkbox";
  if (isSwitch) label.prepend(control);
  return make("div", { className: isSwitch ? "field switch" : "field" }, label, ...(isSwitch ? [] : [row]), hint);
}

/** An attribute's control. `change` is told the value, or null where the attribute goes. */
export function attributeField({ name, type, default: initial, description }, value, change) {
  if (type?.text.includes("boolean")) {
    const control = make("input", { type: "checkbox", checked: value !== undefined });
    control.addEventListener("change", () => change(control.checked ? "" : null));
    return field(name, description, control);
  }
  const words = wordsOf(type?.text ?? "string");
  const usual = unquoted(initial);
  const control = words.length ? make("select", {}) : make("input", { type: "text", autocomplete: "off", spellcheck: false, placeholder: usual });
  if (words.length) {
    control.append(new Option(usual ? `${usual} (default)` : "not set", ""));
    for (const word of words) if (word !== usual) control.append(new Option(word, word));
  }
  control.value = value ?? "";
  control.addEventListener("change", () => change(control.value || null));
  if (name === "offering") control.setAttribute("list", "offerings");
  return field(name, description, control);
}

/** A token's control; for a colour also a swatch to pick one from. `change` is told the value, and answers whether it is one. */
export function tokenField({ name, syntax, default: initial, description }, value, change) {
  const control = make("input", { type: "text", autocomplete: "off", spellcheck: false, placeholder: initial ?? "", value: value ?? "" });
  const tell = () => control.setAttribute("aria-invalid", String(!change(control.value.trim())));
  control.addEventListener("input", tell);
  if (syntax !== "<color>") return field(name, description, control);
  const swatch = make("input", { type: "color", ariaLabel: `${name}: pick a colour` });
  if (/^#[0-9a-f]{6}$/i.test(control.value)) swatch.value = control.value;
  swatch.addEventListener("input", () => {
    control.value = swatch.value;
    tell();
  });
  return field(name, description, control, [swatch]);
}

/** A method's button, with a field for each parameter. `call` is told the arguments; those left empty at the end are left out. */
export function methodForm({ name, parameters = [], description }, call) {
  const fields = parameters.map(({ name: parameter, type, description: about }) => {
    const isText = (type?.text ?? "").split("|").some((part) => part.trim() === "string");
    const control = make("input", { type: "text", autocomplete: "off", spellcheck: false });
    if (!isText) control.placeholder = '{"quantity": 2}';
    if (parameter === "offering") control.setAttribute("list", "offerings");
    return { control, isText, element: field(parameter, about ?? (isText ? "" : `${type?.text ?? "any"}, as JSON`), control) };
  });
  const button = make("button", { type: "submit" }, `${name}()`);
  const hint = make("p", { className: "hint" }, description ?? "");
  const form = make("form", { className: "method", ariaLabel: name }, ...fields.map(({ element }) => element), make("div", {}, button), hint);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const given = fields.map(({ control, isText }) => () => (control.value === "" ? undefined : isText ? control.value : JSON.parse(control.value)));
    while (given.length && fields[given.length - 1].control.value === "") given.pop();
    call(given);
  });
  return form;
}
