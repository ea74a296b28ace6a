import { texts } from "../texts/index.ts";

/** First and last name; a person who was erased has neither. */
export const fullName = ({ first_name, last_name }: { first_name: string; last_name: string }) =>
  `${first_name} ${last_name}`.trim() || texts.user.erased;
