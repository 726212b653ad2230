// The recipe for a tag manager, with the addresses of a test.
const { apiBase } = await (await fetch("carrier.json")).json();
const script = Object.assign(document.createElement("script"), {
  type: "module", src: "node_modules/esim-renewal/esim-renewal.js", integrity: "INTEGRITY",
});
const offers = Object.assign(document.createElement("esim-renewal"), {
  textContent: "Call us: +377 99 00 34 56",
});
offers.setAttribute("view", "deals");
offers.setAttribute("api-base", apiBase);
offers.setAttribute("checkout-url", "https://www.carrier.example/renew");
document.getElementById("renewal-offers").append(offers);
document.head.append(script);
