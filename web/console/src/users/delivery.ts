import type { User } from "../api/types.ts";

type Delivery = NonNullable<User["invitation"]>["delivery"];

/** What has become of the newest invitation mail. */
export const DELIVERY_WORDS: Record<Delivery, string> = {
  queued: "The mail is about to be sent",
  sent: "The mail has been sent",
  delivered: "The mail has arrived in the mailbox",
  bounced: "The mail came back",
  complained: "The mail was marked as junk",
  failed: "The mail could not be sent",
};

const TROUBLE: Delivery[] = ["bounced", "complained", "failed"];

export const isTrouble = (delivery: Delivery) => TROUBLE.includes(delivery);
