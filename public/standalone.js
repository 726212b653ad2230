// The page around the widget, as carrier.json says: name, words, colours, links. What the file does not say stays as the
// page is written; so does all of it without the file.
import { dialled, inLanguage, languageOf, LANGUAGES, pageSettings } from "./page-settings.js";

const WORDS = {
  en: {
    own: "English",
    skip: "To the plan",
    title: "Renew your eSIM plan",
    description: "See what is left of your eSIM plan, compare the ways to renew it, and renew it in a minute.",
    help: "Help and language",
    call: "Call",
    heading: "Renew your plan",
    fallback: "Your plan and the offers are shown here as soon as they are loaded. If they don’t come, call us: we renew it for you.",
    otherWays: "Other ways",
    about: "About us",
  },
  fr: {
    own: "Français",
    skip: "Vers le forfait",
    title: "Renouveler votre forfait eSIM",
    description: "Voyez ce qu’il reste de votre forfait eSIM, comparez les façons de le renouveler, et renouvelez-le en une minute.",
    help: "Aide et langue",
    call: "Appeler le",
    heading: "Renouveler votre forfait",
    fallback: "Votre forfait et les offres s’affichent ici dès qu’ils sont chargés. S’ils n’arrivent pas, appelez-nous\u00a0: nous le renouvelons pour vous.",
    otherWays: "Autres moyens",
    about: "À propos de nous",
  },
};

const root = document.documentElement;
const find = (selector) => document.querySelector(selector);

/** A new element with attributes, and texts or elements in it. */
function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

// A module runs once the whole page is there: this is how it is written.
const [brand, description, widget] = [find(".brand"), find("meta[name=description]"), find("esim-renewal")];
const written = { logo: brand.textContent, hotline: find(".site-nav bdi")?.textContent ?? "", note: find(".site-foot p")?.textContent ?? "", links: [], style: {} };
let settings = written;

/** The page's address with another language in it; nothing else remembers the language. */
function addressIn(language) {
  const address = new URL(location.href);
  address.searchParams.set("lang", language);
  return address.href;
}

/** The address's language, else the file's, else the browser's; with its country, where the file or the browser names one. */
function chooseLocale() {
  const known = [settings.locale, ...navigator.languages].filter((locale) => locale && LANGUAGES.includes(languageOf(locale)));
  const asked = languageOf(new URL(location.href).searchParams.get("lang") ?? "");
  const language = LANGUAGES.includes(asked) ? asked : languageOf(known[0] ?? LANGUAGES[0]);
  return known.find((locale) => languageOf(locale) === language) ?? language;
}

const callLink = (words) => make("a", { href: dialled(settings.hotline) }, `${words.call} `, make("bdi", {}, settings.hotline));

function languageLink(language) {
  const link = make("a", { href: addressIn(language), lang: language, hreflang: language }, WORDS[language].own);
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    // In place, so that a checkout that is under way goes on where it is.
    history.replaceState(history.state, "", addressIn(language));
    show();
    find(".site-nav [hreflang]").focus();
  });
  return link;
}

/** Draws the page's own words. What is replaced is new, so nothing that is seen moves from where it was. */
function show() {
  const locale = chooseLocale();
  const language = languageOf(locale);
  const words = WORDS[language];
  const text = (value) => inLanguage(value, language);
  const title = text(settings.title) ?? words.title;
  const logo = text(settings.logo);
  const calls = () => (settings.hotline ? [callLink(words)] : []);

  root.lang = locale;
  widget.setAttribute("locale", locale);
  document.title = logo ? `${title} · ${logo}` : title;
  description.content = text(settings.description) ?? words.description;
  find(".skip").textContent = words.skip;
  find("h1").textContent = title;
  brand.replaceChildren(logo);

  const others = LANGUAGES.filter((other) => other !== language).map(languageLink);
  find(".site-nav").replaceWith(make("nav", { class: "site-nav", "aria-label": words.help }, ...calls(), ...others));
  const fallback = [make("h2", {}, words.heading), make("p", {}, text(settings.fallback) ?? words.fallback)];
  if (settings.hotline) fallback.push(make("nav", { "aria-label": words.otherWays }, ...calls()));
  find(".fallback").replaceWith(make("div", { class: "fallback" }, ...fallback));
  const foot = settings.note ? [make("p", {}, text(settings.note))] : [];
  const links = settings.links.map((link) => make("a", { href: link.href }, text(link.text)));
  if (links.length) foot.push(make("nav", { "aria-label": words.about }, ...links));
  find(".site-foot").replaceChildren(...foot);
}

/** Takes over what the file says, all at once. */
function configure(file) {
  const said = Object.entries(pageSettings(file)).filter(([, value]) => value !== undefined);
  settings = { ...written, ...Object.fromEntries(said) };
  for (const [name, value] of Object.entries(settings.style)) if (value) root.style.setProperty(name, value);
  if (settings.theme) root.dataset.theme = settings.theme;
  show();
}

/** What the tab's storage gives; where the tab may keep nothing, nothing. */
function inTab(work) {
  try {
    return work(sessionStorage);
  } catch {
    return null;
  }
}

// The sign-in server leads back to the address without its query, after a sign-in and a sign-out: a language that stands
// there waits in the tab meanwhile.
const WAITING = "lang";
function keepLanguage({ detail: { reason } }) {
  const language = new URL(location.href).searchParams.get("lang");
  if (reason.startsWith("sign-") && language) inTab((tab) => tab.setItem(WAITING, language));
}
function takeUpLanguage() {
  const language = inTab((tab) => tab.getItem(WAITING));
  if (!language) return;
  inTab((tab) => tab.removeItem(WAITING));
  if (!new URL(location.href).searchParams.has("lang")) history.replaceState(history.state, "", addressIn(language));
}

/** What the payment page's way back brought is over once the checkout is: a bookmark of the page shall not hold it. */
function cleanAddress({ detail: { step } }) {
  const address = new URL(location.href);
  if (!["done", "ended", "closed"].includes(step) || !address.searchParams.has("esim-return")) return;
  address.searchParams.delete("esim-return");
  history.replaceState(history.state, "", address.href);
}

takeUpLanguage();
show();
widget.addEventListener("esim-before-leave", keepLanguage);
widget.addEventListener("esim-step-changed", cleanAddress);
fetch("carrier.json")
  .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(`${answer.status}`))))
  .then(configure)
  .catch((error) => console.error("carrier.json could not be read, and the page stays as it is:", error));
