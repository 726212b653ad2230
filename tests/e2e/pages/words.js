// The words by which the tests find things on the screen.

export const EN = {
  signIn: "Sign in",
  ways: "Ways to renew",
  renew: "Renew",
  addData: "Add data",
  plans: "Plans",
  data: "Data",
  extras: "Extras",
  roaming: "Roaming",
  bundles: "Bundles",
  choose: (name) => `Choose ${name}`,
  howMany: "How many do you want?",
  quantity: "Quantity",
  more: "One more",
  less: "One less",
  totalWithTax: "Total, VAT included",
  toReview: "Continue to review",
  check: "Check your order",
  toPay: "To pay now",
  vat: "of which VAT 20%",
  consent: /^Start at once/,
  order: /^Order (with|for)/,
  renewed: "Paid. Your plan is renewed.",
  renewedFree: "Done. Your plan is renewed.",
  activeUntil: /^Active until /,
  totalPaid: "Total paid",
  toMyPlan: "To my plan",
};

export const FR = {
  signIn: "Se connecter",
};
