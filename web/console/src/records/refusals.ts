import { Problem } from "#shared/problem.ts";
import { messageFor } from "../api/error-messages.ts";
import { texts } from "../texts/index.ts";

const FIELDS = ["reassign_to", "to"];

/** Returns why a hand-over was refused: often the new owner cannot get these records any more. */
export function refusalOfTarget(error: unknown): string {
  if (!(error instanceof Problem)) return messageFor(error);
  if (error.errors.some(({ field }) => FIELDS.some((name) => field.startsWith(name)))) return texts.handOver.unfit;
  return error.code === "conflict" ? texts.handOver.underWay : messageFor(error);
}
