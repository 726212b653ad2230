const renewal = document.querySelector("esim-renewal");

renewal.addEventListener("esim-checkout-completed", ({ detail }) => {
  const order = document.createElement("li");
  order.textContent = detail.orderId;
  document.querySelector("ul").append(order);
});

document.querySelector("button").addEventListener("click", () => renewal.remove());

// The access token of whoever is signed in: here always the same subscriber of the sandbox carrier.
renewal.tokenProvider = async () => {
  const { apiBase } = await (await fetch("/carrier.json")).json();
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`${apiBase}/demo/token`, { method: "POST", headers, body: JSON.stringify({ msisdn: "+37761234502" }) });
  return answer.ok ? (await answer.json()).access_token : null;
};
