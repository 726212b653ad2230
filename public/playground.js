// The playground: every setting of the element beside the element itself, against the sandbox carrier.
import { chooseSubscriber } from "./demo-subscriber.js";
import { attributeField, declarationOf, field, make, methodForm, tokenField } from "./playground-controls.js";
import { snippet } from "./playground-snippet.js";

const KEPT = "playground";
const MOST_ENTRIES = 200;
const find = (selector) => document.querySelector(selector);
const widget = find("esim-renewal");
const begun = { attributes: { config: "carrier.json" }, tokens: {}, texts: {}, slots: [] };
// The tab keeps them, since the payment page and a reload lead back to this page.
const settings = { ...begun, ...JSON.parse(sessionStorage.getItem(KEPT) ?? "{}") };
const vetoed = new Set();

function say(name, text, kind) {
  const list = find("#log ol");
  const now = new Date();
  const time = make("time", { dateTime: now.toISOString() }, `${now.toLocaleTimeString("en-GB")}.${String(now.getMilliseconds()).padStart(3, "0")}`);
  list.append(make("li", { className: kind }, time, " ", make("code", {}, name), " ", make("span", {}, text)));
  if (list.children.length > MOST_ENTRIES) list.firstChild.remove();
  find("#log").scrollTop = find("#log").scrollHeight;
}

function setAttribute(name, value) {
  if (value === null) {
    delete settings.attributes[name];
    widget.removeAttribute(name);
  } else {
    settings.attributes[name] = value;
    widget.setAttribute(name, value);
  }
  keep();
}

/** Whether the value is one: the browser refuses what would not end with the declaration. */
function setToken(name, value) {
  widget.style.removeProperty(name);
  widget.style.setProperty(name, value);
  const taken = widget.style.getPropertyValue(name).trim() === value;
  if (value && taken) settings.tokens[name] = value;
  else delete settings.tokens[name];
  keep();
  return taken;
}

function setTexts(texts) {
  settings.texts = texts;
  widget.texts = Object.keys(texts).length ? texts : null;
  keep();
}

function setSlot(name, isFilled) {
  settings.slots = settings.slots.filter((slot) => slot !== name);
  if (isFilled) settings.slots.push(name);
  widget.querySelector(`:scope > [slot="${name}"]`)?.remove();
  if (isFilled) widget.append(make("div", { slot: name, className: "slotted" }, name));
  keep();
}

function keep() {
  sessionStorage.setItem(KEPT, JSON.stringify(settings));
  find("#snippet").value = snippet(settings);
}

function listen({ name }) {
  widget.addEventListener(name, (event) => {
    const veto = event.cancelable && vetoed.has(name);
    if (veto) event.preventDefault();
    const detail = JSON.stringify(event.detail ?? {}).replace(/^\{\}$/, "");
    say(name, veto ? `${detail} (vetoed)` : detail, "event");
  });
}

async function call(name, given) {
  try {
    const answer = await widget[name](...given.map((argument) => argument()));
    say(`${name}()`, answer === widget ? "the element" : String(answer), "method");
  } catch (error) {
    say(`${name}()`, `rejected: ${typeof error.code === "string" ? error.code : error}`, "method");
  }
}

function textsField() {
  const control = make("textarea", { rows: 4, spellcheck: false, placeholder: "sign_in = Log in\ncheckout.print = Print it" });
  control.value = Object.entries(settings.texts).map((pair) => pair.join(" = ")).join("\n");
  control.addEventListener("change", () => {
    const lines = control.value.split("\n").map((line) => line.trim()).filter(Boolean);
    const pairs = lines.map((line) => /^([\w.-]+)\s*=\s*(.*)$/.exec(line)?.slice(1));
    control.setAttribute("aria-invalid", String(!pairs.every(Boolean)));
    setTexts(Object.fromEntries(pairs.filter(Boolean)));
  });
  return field("texts", "One on each line: key = text. What stands in braces is filled in by the widget.", control);
}

function switchField(name, description, isOn, change) {
  const control = make("input", { type: "checkbox", checked: isOn });
  control.addEventListener("change", () => change(control.checked));
  return field(name, description, control);
}

/** A group of controls that can be closed; nothing where there are none. */
function group(title, fields, open = false) {
  if (!fields.length) return [];
  const set = make("fieldset", {}, make("legend", { className: "vh" }, title), ...fields);
  return [make("details", { open }, make("summary", {}, title, " ", make("small", {}, `${fields.length}`)), set)];
}

function showControls({ attributes = [], cssProperties = [], events = [], members = [], slots = [] }) {
  // The manifest has no word for events that can be vetoed; their names do.
  const before = events.filter(({ name }) => name.startsWith("esim-before-"));
  const methods = members.filter(({ kind, name, privacy }) => kind === "method" && !privacy?.startsWith("pr") && !name.endsWith("Callback"));
  const named = slots.filter(({ name }) => name);
  // Below one another, all of them would hide the widget.
  const isWide = matchMedia("(width >= 64em)").matches;
  events.forEach(listen);
  find("#controls").replaceChildren(
    ...group("Attributes", attributes.map((one) => attributeField(one, settings.attributes[one.name], (value) => setAttribute(one.name, value))), isWide),
    ...group("Tokens", cssProperties.map((one) => tokenField(one, settings.tokens[one.name], (value) => setToken(one.name, value))), isWide),
    ...group("Texts", [textsField()]),
    ...group("Methods", methods.map((one) => methodForm(one, (given) => call(one.name, given)))),
    ...group("Vetoes", before.map(({ name, description }) => switchField(name, description, false, (isOn) => (isOn ? vetoed.add(name) : vetoed.delete(name))))),
    ...group("Slots", named.map(({ name, description }) => switchField(name, description, settings.slots.includes(name), (isOn) => setSlot(name, isOn)))),
  );
}

/** Shows only the controls whose names or descriptions have the words. */
function look({ target }) {
  const words = target.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const details of document.querySelectorAll("#controls details")) {
    const fields = [...details.querySelectorAll("fieldset > *:not(legend)")];
    for (const one of fields) one.hidden = !words.every((word) => one.textContent.toLowerCase().includes(word));
    details.hidden = fields.every((one) => one.hidden);
    if (words.length && !details.hidden) details.open = true;
  }
}

async function copy() {
  const text = find("#snippet");
  try {
    await navigator.clipboard.writeText(text.value);
    find("#copied").textContent = "Copied";
  } catch {
    text.select();
    find("#copied").textContent = "Selected: copy it with your keys";
  }
}

/** The ids of what can be bought, to choose from where a setting or a method wants one. */
async function suggestOfferings(apiBase) {
  const answer = await fetch(`${apiBase}/tmf-api/productCatalogManagement/v4/productOffering?fields=id,name&limit=100`);
  for (const { id, name } of await answer.json()) find("#offerings").append(make("option", { value: id, label: name }));
}

for (const [name, value] of Object.entries(settings.attributes)) widget.setAttribute(name, value);
for (const [name, value] of Object.entries(settings.tokens)) widget.style.setProperty(name, value);
for (const name of settings.slots) setSlot(name, true);
setTexts(settings.texts);

find("#look").addEventListener("input", look);
find("#copy").addEventListener("click", copy);
find("#clear").addEventListener("click", () => find("#log ol").replaceChildren());
find("#insert").addEventListener("click", () => find("#stage").append(widget));
find("#anew").addEventListener("click", () => {
  sessionStorage.removeItem(KEPT);
  location.reload();
});
find("#width").addEventListener("change", ({ target }) => (find("#stage").dataset.width = target.value));
find("#scheme").addEventListener("change", ({ target }) => (document.documentElement.dataset.theme = target.value));

try {
  showControls(await declarationOf(widget.localName));
} catch (error) {
  console.error("custom-elements.json could not be read:", error);
  find("#controls").replaceChildren(make("p", { role: "alert" }, "The list of settings could not be loaded."));
}
const subscriber = chooseSubscriber(widget, find("#subscriber"));
// Only now, so that the log has the first event too.
await import("./esim-renewal.js");
suggestOfferings(await subscriber);
