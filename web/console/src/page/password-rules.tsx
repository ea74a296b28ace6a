import { type PasswordPolicy, type Rule, checkPassword } from "#shared/password.ts";
import { fill } from "#shared/texts.ts";
import { texts } from "../texts/index.ts";
import { Icon } from "./icons.tsx";
import classes from "./password-rules.module.css";

/** The rules of a new password, each with a tick once it is met. */
export function PasswordRules({ password, policy }: { password: string; policy: PasswordPolicy }) {
  return (
    <ul className={classes.rules}>
      {[...checkPassword(password, policy)].map(([rule, isMet]) => (
        <li key={rule} className={isMet ? classes.met : undefined}>
          {isMet ? (
            <span role="img" aria-label="✓" className={classes.tick}>
              <Icon name="on" size={16} />
            </span>
          ) : (
            <span className={classes.open} />
          )}
          <span>{ruleText(rule, policy)}</span>
        </li>
      ))}
    </ul>
  );
}

function ruleText(rule: Rule, policy: PasswordPolicy): string {
  return fill(texts.recovery.rules[rule], { n: rule === "maxLength" ? policy.max_length : policy.min_length });
}
