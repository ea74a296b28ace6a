import { Checkbox } from "../page/checkbox.tsx";
import { texts } from "../texts/index.ts";

/** Upper limit of the API. */
const MAX_SEATS = 1_000_000;

/** Returns true for a whole number of seats, of at least `least`. */
export const isSeatNumber = (text: string, least: number): boolean =>
  /^\d{1,7}$/.test(text.trim()) && Number(text) >= least && Number(text) <= MAX_SEATS;

/** Narrow input under a long label. */
export const NARROW = { input: { maxWidth: "12rem" } };

interface NoLimitCheckboxProps {
  checked: boolean;
  onChange: (hasNoLimit: boolean) => void;
}

/** Chooses an account without a limit of seats. */
export function NoLimitCheckbox({ checked, onChange }: NoLimitCheckboxProps) {
  return (
    <Checkbox
      label={texts.operator.noLimit}
      checked={checked}
      onChange={({ currentTarget }) => {
        onChange(currentTarget.checked);
      }}
    />
  );
}
