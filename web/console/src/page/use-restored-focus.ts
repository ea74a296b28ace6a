import { useEffect } from "react";

/** What takes the focus: the dialog that covers the page, where one is open; the last of several is on top. */
function target(): HTMLElement | null | undefined {
  const dialogs = [...document.querySelectorAll<HTMLElement>('[role="dialog"][aria-modal="true"]')];
  return dialogs.pop() ?? document.querySelector<HTMLElement>("main h1");
}

/**
 * Moves the focus to the open dialog, or to the page's heading, when the focused element is removed from the DOM, for
 * instance with its row: a screen reader would otherwise start at the top of the window.
 */
export function useRestoredFocus(): void {
  useEffect(() => {
    let last: EventTarget | null = null;
    const remember = (event: FocusEvent) => {
      last = event.target;
    };
    const observer = new MutationObserver(() => {
      if (!(last instanceof Element) || last.isConnected) return;
      last = null;
      if (document.activeElement !== document.body) return;
      target()?.focus({ preventScroll: true });
    });
    addEventListener("focusin", remember);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      removeEventListener("focusin", remember);
      observer.disconnect();
    };
  }, []);
}
