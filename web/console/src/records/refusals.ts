import { Problem } from "#shared/problem.ts";
import { isRefusal, messageFor } from "../api/error-messages.ts";
import { texts } from "../texts/index.ts";

const FIELDS = ["reassign_to", "to"];

/** Returns why a hand-over was refused: often the new owner cannot get these records any more. */
export function refusalOfTarget(error: unknown): string {
  if (!(error instanceof Problem)) return messageFor(error);
  if (error.errors.some(({ field }) => FIELDS.some((name) => field.startsWith(name)))) return texts.handOver.unfit;
  return refusalOfMove(error);
}

/** Returns why someone's status cannot change; a conflict is that with a move of their records. */
export const refusalOfMove = (error: unknown): string =>
  isRefusal(error, "conflict") ? texts.handOver.underWay : messageFor(error);
