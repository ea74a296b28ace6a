import type { User } from "../api/types.ts";

export type Delivery = NonNullable<User["invitation"]>["delivery"];

const FAILURES: Delivery[] = ["bounced", "complained", "failed"];

export const isDeliveryFailure = (delivery: Delivery) => FAILURES.includes(delivery);
