// What a carrier's page adds to the element: the access token of whoever is signed in there, and the page's language.
import { chooseSubscriber } from "./demo-subscriber.js";

const language = new URL(location.href).searchParams.get("lang");
if (language) document.documentElement.lang = language;

await chooseSubscriber(document.querySelector("esim-renewal"), document.querySelector("#subscriber"));
