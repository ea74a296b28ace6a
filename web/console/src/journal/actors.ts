import { texts } from "../texts/index.ts";

/** A user id has 26 characters; other actors are named by a word. */
const USER_ID = /^[a-z2-7]{26}$/;

export const isUserId = (actor: string): boolean => USER_ID.test(actor);

/** Returns the words for an actor who is no user of the account: support, the host product or the system. */
export function nameOfOther(actor: string): string {
  if (actor.startsWith("operator:")) return texts.user.support;
  return actor.startsWith("host") ? texts.user.host : texts.user.system;
}
