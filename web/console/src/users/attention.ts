import type { User } from "../api/types.ts";
import { isDeliveryFailure } from "./delivery.ts";

/** An invitation that expires within this time needs attention. */
const SOON_MS = 86_400_000;

/** Whether an invitation will not be accepted unless someone acts: expired, undelivered, or about to expire. */
export function needsAttention({ status, invitation }: User, now = Date.now()): boolean {
  if (status === "expired") return true;
  if (status !== "invited" || !invitation) return false;
  return isDeliveryFailure(invitation.delivery) || Date.parse(invitation.expires_at) - now < SOON_MS;
}
