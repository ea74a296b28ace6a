import { useState } from "react";

interface Opened<What> {
  /** What the dialog is open for; undefined while there is none. */
  opened: What | undefined;
  open: (what: What) => void;
  /** Closes the dialog that was open at the last rendering, and none that was opened since. */
  close: () => void;
}

/** Keeps what a dialog of the page is open for. */
export function useOpened<What>(): Opened<What> {
  const [current, setCurrent] = useState<{ what: What }>();
  return {
    opened: current?.what,
    open: (what) => {
      setCurrent({ what });
    },
    close: () => {
      setCurrent((now) => (now === current ? undefined : now));
    },
  };
}
