import type { User } from "../api/types.ts";

type Delivery = NonNullable<User["invitation"]>["delivery"];

/** Delivery status of the latest invitation email. */
export const DELIVERY_TEXTS: Record<Delivery, string> = {
  queued: "Sending…",
  sent: "Sent",
  delivered: "Delivered",
  bounced: "Could not be delivered (bounced)",
  complained: "Marked as junk",
  failed: "Could not be sent",
};

const FAILURES: Delivery[] = ["bounced", "complained", "failed"];

export const isDeliveryFailure = (delivery: Delivery) => FAILURES.includes(delivery);
