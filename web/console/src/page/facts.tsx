import type { ReactNode } from "react";
import classes from "./facts.module.css";

/** Titles with what is known, as a list of definitions. */
export function Facts({ className = "", children }: { className?: string | undefined; children: ReactNode }) {
  return <dl className={`${classes.facts ?? ""} ${className}`}>{children}</dl>;
}

export function Fact({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
