import { useRef } from "react";
import "esim-renewal";
import "esim-renewal/react";
import type { EsimRenewal } from "esim-renewal";

export function Renewal() {
  const ref = useRef<EsimRenewal>(null);
  return (
    <>
      <esim-renewal
        ref={ref}
        key="one"
        className="card"
        api-base="https://api.carrier.example"
        search-in-address
        view="plans"
        debug={false}
        tokenProvider={async () => null}
        paymentHandler={async ({ key }) => ({ token: key })}
        style={{ "--esim-accent": "#0a5", maxWidth: 900 }}
        onClick={() => ref.current?.open("data-20")}
        onesim-ready={() => {}}
        onesim-checkout-completed={({ detail }) => detail.offeringIds.length}
      >
        <p slot="header">Renew here</p>
      </esim-renewal>
      {/* @ts-expect-error: no such view */}
      <esim-renewal view="everything" />
      {/* @ts-expect-error: no such setting */}
      <esim-renewal apiBases="" />
      {/* @ts-expect-error: no such token */}
      <esim-renewal style={{ "--esim-colour": "red" }} />
      {/* @ts-expect-error: another event's detail */}
      <esim-renewal onesim-ready={({ detail }) => detail.orderId} />
      {/* @ts-expect-error: an answer that means nothing */}
      <esim-renewal paymentHandler={async () => ({ paid: true })} />
    </>
  );
}
