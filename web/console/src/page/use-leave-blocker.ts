import { useBlocker } from "@tanstack/react-router";

/** Stops navigation to another page while there is something unsaved; the browser itself asks before it leaves the console. */
export const useLeaveBlocker = (isDirty: boolean, onBlock?: () => void) =>
  useBlocker({
    shouldBlockFn: ({ current, next }) => {
      const isBlocked = isDirty && current.pathname !== next.pathname;
      if (isBlocked) onBlock?.();
      return isBlocked;
    },
    enableBeforeUnload: isDirty,
    withResolver: true,
  });
