import { useState } from "react";
import "esim-renewal/react";
import { accessToken } from "./account";

export function App() {
  const [isOpen, setOpen] = useState(true);
  const [completed, setCompleted] = useState<string[]>([]);
  return (
    <main>
      <h1>My line</h1>
      <section aria-label="Renewal">
        {isOpen && (
          <esim-renewal
            config="/carrier.json"
            tokenProvider={accessToken}
            onesim-checkout-completed={({ detail }) => setCompleted((before) => [...before, detail.orderId])}
          >
            <p>Call us: we renew it for you.</p>
          </esim-renewal>
        )}
      </section>
      <button onClick={() => setOpen(!isOpen)}>{isOpen ? "Close" : "Open"}</button>
      <ul aria-label="Completed orders">
        {completed.map((order) => (
          <li key={order}>{order}</li>
        ))}
      </ul>
    </main>
  );
}
