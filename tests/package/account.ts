/** The access token of whoever is signed in: here always the same subscriber of the sandbox carrier. */
export async function accessToken(): Promise<string | null> {
  const { apiBase } = await (await fetch("/carrier.json")).json();
  const answer = await fetch(`${apiBase}/demo/token`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ msisdn: "+37761234502" }),
  });
  return answer.ok ? (await answer.json()).access_token : null;
}
