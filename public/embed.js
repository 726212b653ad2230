// What a carrier's page adds to the element: the access token of whoever is signed in there.
// This page plays a signed-in carrier site, so it lets the visitor choose who that is.
const widget = document.querySelector("esim-renewal");
const subscriber = document.querySelector("#subscriber");
const KEPT = "demo-subscriber";

const language = new URL(location.href).searchParams.get("lang");
if (language) document.documentElement.lang = language;

const people = fetch("carrier.json")
  .then((answer) => answer.json())
  .then(async ({ apiBase }) => ({ apiBase, list: await (await fetch(`${apiBase}/demo/subscribers`)).json() }));

widget.tokenProvider = async () => {
  const { apiBase, list } = await people;
  const msisdn = sessionStorage.getItem(KEPT) ?? list[0].msisdn;
  if (!msisdn) return null;
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`${apiBase}/demo/token`, { method: "POST", headers, body: JSON.stringify({ msisdn }) });
  return answer.ok ? (await answer.json()).access_token : null;
};

const { list } = await people;
for (const person of list) subscriber.append(new Option(`${person.name} (${person.note})`, person.msisdn));
subscriber.append(new Option("nobody", ""));
subscriber.value = sessionStorage.getItem(KEPT) ?? list[0].msisdn;

subscriber.addEventListener("change", () => {
  sessionStorage.setItem(KEPT, subscriber.value);
  // Setting the function again makes the widget ask for the token of whoever is signed in now.
  widget.tokenProvider = widget.tokenProvider;
});

// Whoever is not signed in here is asked to say who they are; a carrier's site would show its own sign-in.
widget.addEventListener("esim-sign-in-requested", () => subscriber.focus());
