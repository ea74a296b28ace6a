import type { HandOver } from "../api/mutations.ts";

/** Who gets the records of someone who leaves, as it is chosen in a dialog. */
export interface HandOverChoice {
  /** Nobody yet. */
  isLater: boolean;
  /** One new owner for each type, instead of one for all. */
  isPerType: boolean;
  /** Id of the new owner of all; "" for none. */
  target: string;
  /** Ids of the new owners by type. */
  targets: Record<string, string>;
}

export const NO_CHOICE: HandOverChoice = { isLater: false, isPerType: false, target: "", targets: {} };

/** Returns the new owner of each type that moves, as far as there is one. */
export function chosenTargets(choice: HandOverChoice, types: string[]): Record<string, string> {
  if (choice.isLater) return {};
  const target = (type: string) => (choice.isPerType ? choice.targets[type] : choice.target) ?? "";
  return Object.fromEntries(types.map((type) => [type, target(type)] as const).filter(([, userId]) => userId));
}

/** Returns the request's part; nothing for someone who owns nothing that moves. */
export function toHandOver(choice: HandOverChoice, types: string[]): HandOver {
  if (choice.isLater) return { hand_over: "later" };
  const targets = chosenTargets(choice, types);
  if (!Object.keys(targets).length) return {};
  return { reassign_to: choice.isPerType ? targets : choice.target };
}
