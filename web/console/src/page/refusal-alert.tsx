import { Alert } from "@mantine/core";

/** Shows why something was refused; renders nothing for "". */
export function RefusalAlert({ text, scrollIntoView = false }: { text: string; scrollIntoView?: boolean }) {
  if (!text) return null;
  return (
    <Alert
      color="red"
      role="alert"
      ref={(alert) => {
        if (scrollIntoView) alert?.scrollIntoView({ block: "nearest" });
      }}
    >
      {text}
    </Alert>
  );
}
