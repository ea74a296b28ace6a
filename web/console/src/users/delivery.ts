import type { User } from "../api/types.ts";

type Delivery = NonNullable<User["invitation"]>["delivery"];

const FAILURES = ["bounced", "complained", "failed"] as const satisfies Delivery[];

export type DeliveryFailure = (typeof FAILURES)[number];

export const isDeliveryFailure = (delivery: Delivery): delivery is DeliveryFailure =>
  FAILURES.some((failure) => failure === delivery);
