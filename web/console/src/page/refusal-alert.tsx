import { Alert } from "@mantine/core";
import type { ReactNode } from "react";

interface RefusalAlertProps {
  text: string;
  scrollIntoView?: boolean;
  /** What the person can do about it. */
  children?: ReactNode;
}

/** Shows why something was refused; renders nothing for "". */
export function RefusalAlert({ text, scrollIntoView = false, children }: RefusalAlertProps) {
  if (!text) return null;
  return (
    <Alert
      color="red"
      role="alert"
      ref={(alert) => {
        if (scrollIntoView) alert?.scrollIntoView({ block: "nearest" });
      }}
    >
      <span>{text}</span>
      {children}
    </Alert>
  );
}
