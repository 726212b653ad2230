// Plays a carrier's site that knows who is signed in: the visitor chooses who that is. A real site has a session instead.
const KEPT = "demo-subscriber";

/** Lets `select` choose whose access token `widget` is given. Resolves to the sandbox carrier's base address. */
export async function chooseSubscriber(widget, select) {
  const load = async () => {
    const { apiBase } = await (await fetch("carrier.json")).json();
    const list = await (await fetch(`${apiBase}/demo/subscribers`)).json();
    select.append(...list.map((person) => new Option(`${person.name} (${person.note})`, person.msisdn)), new Option("nobody", ""));
    select.value = sessionStorage.getItem(KEPT) ?? list[0].msisdn;
    return { apiBase, list };
  };
  // What could not be had once is asked for again with the next token: a network comes back.
  let loaded;
  const people = () => (loaded ??= load().catch((error) => {
    loaded = undefined;
    throw error;
  }));

  widget.tokenProvider = async () => {
    const { apiBase, list } = await people();
    const msisdn = sessionStorage.getItem(KEPT) ?? list[0].msisdn;
    if (!msisdn) return null;
    const headers = { "Content-Type": "application/json" };
    const answer = await fetch(`${apiBase}/demo/token`, { method: "POST", headers, body: JSON.stringify({ msisdn }) });
    return answer.ok ? (await answer.json()).access_token : null;
  };

  select.addEventListener("change", () => {
    sessionStorage.setItem(KEPT, select.value);
    // Setting the function again makes the widget ask for the token of whoever is signed in now.
    widget.tokenProvider = widget.tokenProvider;
  });

  // Whoever is not signed in here is asked to say who they are; a carrier's site would show its own sign-in.
  widget.addEventListener("esim-sign-in-requested", () => select.focus());
  return (await people()).apiBase;
}
