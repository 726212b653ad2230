// Plays a carrier's site that knows who is signed in: the visitor chooses who that is. A real site has a session instead.
const KEPT = "demo-subscriber";

/** Lets `select` choose whose access token `widget` is given. Resolves to the sandbox carrier's base address. */
export async function chooseSubscriber(widget, select) {
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

  const { apiBase, list } = await people;
  for (const person of list) select.append(new Option(`${person.name} (${person.note})`, person.msisdn));
  select.append(new Option("nobody", ""));
  select.value = sessionStorage.getItem(KEPT) ?? list[0].msisdn;

  select.addEventListener("change", () => {
    sessionStorage.setItem(KEPT, select.value);
    // Setting the function again makes the widget ask for the token of whoever is signed in now.
    widget.tokenProvider = widget.tokenProvider;
  });

  // Whoever is not signed in here is asked to say who they are; a carrier's site would show its own sign-in.
  widget.addEventListener("esim-sign-in-requested", () => select.focus());
  return apiBase;
}
