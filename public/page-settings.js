// Reads what carrier.json says of the page around the widget. What is wrong there is left out and named in the console.

/** The languages in which the page has words of its own. */
export const LANGUAGES = ["en", "fr"];

/** The language of a locale (BCP 47): `fr` of `fr-CH`. */
export const languageOf = (locale) => locale.split("-")[0].toLowerCase();

const SCHEMES = ["http:", "https:", "tel:"];
/** What a browser takes for any property, and what would depend on something outside of the file. */
const NO_VALUE = /^\s*(inherit|initial|unset|revert|revert-layer)\s*$|\b(var|env|attr|url)\(/i;

const left = (name, why) => console.error(`carrier.json: ${name} is left out, since ${why}.`);

const isText = (value) => typeof value === "string";
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const fits = (property) => (value) => isText(value) && !NO_VALUE.test(value) && CSS.supports(property, value);

/** The value if it passes, else nothing, with a word to whoever wrote the file. */
function checked(name, value, passes, why) {
  if (value === undefined) return undefined;
  if (passes(value)) return value;
  left(name, why);
  return undefined;
}

/** A text, or one for each language: `"Privacy"`, or `{ "en": "Privacy", "fr": "Confidentialité" }`. */
const isWords = (value) => isText(value) || (isObject(value) && Object.keys(value).length > 0 && Object.values(value).every(isText));
const words = (name, value) => checked(name, value, isWords, "it is neither a text nor an object of texts by language");

/** The text of some words in a language; where there is none, in the first that there is. */
export const inLanguage = (value, language) => (isObject(value) ? (value[language] ?? Object.values(value)[0]) : value);

const isLocale = (value) => {
  try {
    return isText(value) && LANGUAGES.includes(languageOf(Intl.getCanonicalLocales(value)[0] ?? ""));
  } catch {
    return false;
  }
};

/** A link that leads to a page or a phone, and never into a script. */
function link(name, value) {
  const { text, href } = isObject(value) ? value : {};
  const wording = checked(`${name}.text`, text ?? null, (value) => isWords(value) && value !== "", "a link needs a text");
  const leads = (value) => isText(value) && URL.canParse(value, document.baseURI) && SCHEMES.includes(new URL(value, document.baseURI).protocol);
  const address = checked(`${name}.href`, href ?? null, leads, "it is no address with http, https or tel");
  return wording && address ? [{ text: wording, href: address }] : [];
}

/** A phone number as it is written and as it is dialled; `""` takes the number of the page away. */
const isPhone = (value) => isText(value) && /^(\+?[\d\s().-]{3,})?$/.test(value);
export const dialled = (hotline) => `tel:${hotline.replace(/[^\d+]/g, "")}`;

/** What the file says of the page; what it does not say, or says wrongly, is `undefined`. */
export function pageSettings(file) {
  const page = checked("page", file.page ?? {}, isObject, "it is no object") ?? {};
  const colours = checked("page.colours", page.colours ?? {}, isObject, "it is no object") ?? {};
  const links = checked("page.links", page.links, Array.isArray, "it is no list");
  const colour = (name) => checked(`page.colours.${name}`, colours[name], fits("color"), "it is no colour of CSS");
  const isTheme = (value) => ["light", "dark", "auto"].includes(value);
  return {
    hotline: checked("hotline", file.hotline, isPhone, "it is no phone number"),
    logo: words("page.logo", page.logo) ?? checked("name", file.name, isText, "it is no text"),
    title: words("page.title", page.title),
    description: words("page.description", page.description),
    fallback: words("page.fallback", page.fallback),
    note: words("page.note", page.note),
    links: links?.flatMap((one, at) => link(`page.links[${at}]`, one)),
    locale: checked("page.locale", page.locale, isLocale, `it is no tag of a language among ${LANGUAGES.join(", ")}`),
    theme: checked("page.theme", page.theme, isTheme, "it is none of light, dark, auto"),
    style: {
      "--brand": colour("accent"),
      "--esim-deal": colour("deal"),
      "--esim-radius": checked("page.radius", page.radius, fits("border-top-left-radius"), "it is no radius of CSS"),
      "--esim-font": checked("page.font", page.font, fits("font-family"), "it is no font family of CSS"),
    },
  };
}
