import { List } from "@mantine/core";
import { type PasswordPolicy, type Rule, checkPassword } from "#shared/password.ts";
import { fill } from "#shared/texts.ts";
import { texts } from "../texts/index.ts";
import classes from "./password-rules.module.css";

/** The rules of a new password, each with a tick once it is met. */
export function PasswordRules({ password, policy }: { password: string; policy: PasswordPolicy }) {
  return (
    <List size="sm">
      {[...checkPassword(password, policy)].map(([rule, isMet]) => (
        <List.Item key={rule} {...(isMet && { className: classes.met })}>
          {`${isMet ? "✓ " : ""}${ruleText(rule, policy)}`}
        </List.Item>
      ))}
    </List>
  );
}

function ruleText(rule: Rule, policy: PasswordPolicy): string {
  return fill(texts.recovery.rules[rule], { n: rule === "maxLength" ? policy.max_length : policy.min_length });
}
