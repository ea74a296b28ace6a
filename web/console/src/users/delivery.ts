import type { User } from "../api/types.ts";

type Delivery = NonNullable<User["invitation"]>["delivery"];

/** Delivery status of the latest invitation email. */
export const DELIVERY_TEXTS: Record<Delivery, string> = {
  queued: "The mail is about to be sent",
  sent: "The mail has been sent",
  delivered: "The mail has arrived in the mailbox",
  bounced: "The mail came back",
  complained: "The mail was marked as junk",
  failed: "The mail could not be sent",
};

const FAILURES: Delivery[] = ["bounced", "complained", "failed"];

export const isDeliveryFailure = (delivery: Delivery) => FAILURES.includes(delivery);
