import type { ComponentProps } from "react";
import classes from "./checkbox.module.css";

interface CheckboxProps extends Omit<ComponentProps<"input">, "type" | "ref"> {
  /** Without one, an `aria-label` is needed. */
  label?: string;
  /** A part of what this stands for is chosen. */
  isPartial?: boolean;
}

/** The browser's checkbox: Mantine's would be a part of the first load. */
export function Checkbox({ label, isPartial = false, className = "", ...input }: CheckboxProps) {
  return (
    <label className={`${classes.option ?? ""} ${className}`}>
      <input
        {...input}
        type="checkbox"
        className={classes.box}
        ref={(box) => {
          if (box) box.indeterminate = isPartial;
        }}
      />
      {label !== undefined && <span>{label}</span>}
    </label>
  );
}
