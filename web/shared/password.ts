import type { Complete } from "./complete.ts";
import type { components } from "./schema.d.ts";

export type PasswordPolicy = Complete<components["schemas"]["PasswordPolicy"]>;

export type Rule = "uppercase" | "lowercase" | "number" | "minLength" | "maxLength" | "noOuterSpaces";

/** Checks each rule of the policy. `maxLength` and `noOuterSpaces` are listed only when they are broken. */
export function checkPassword(password: string, policy: PasswordPolicy): Map<Rule, boolean> {
  const length = Array.from(password).length;
  const verdicts = new Map<Rule, boolean>();
  if (policy.uppercase) verdicts.set("uppercase", /[A-Z]/.test(password));
  if (policy.lowercase) verdicts.set("lowercase", /[a-z]/.test(password));
  if (policy.number) verdicts.set("number", /[0-9]/.test(password));
  verdicts.set("minLength", length >= policy.min_length);
  if (length > policy.max_length) verdicts.set("maxLength", false);
  if (policy.no_outer_spaces && password.trim() !== password) verdicts.set("noOuterSpaces", false);
  return verdicts;
}

/** Returns true if the password meets every rule. */
export function isAcceptable(password: string, policy: PasswordPolicy): boolean {
  return [...checkPassword(password, policy).values()].every(Boolean);
}
