import { useEffect, useRef, useSyncExternalStore } from "react";

const KEY = "usher.shortcuts";
const OFF = "off";
const listeners = new Set<() => void>();

/** What was chosen since the page was loaded, also where the browser blocks storage; undefined before. */
let current: boolean | undefined;

function areOn(): boolean {
  if (current !== undefined) return current;
  try {
    return localStorage.getItem(KEY) !== OFF;
  } catch {
    return true;
  }
}

/** Switches keyboard shortcuts on or off in this browser (WCAG 2.1.4). */
export function switchShortcuts(isOn: boolean): void {
  current = isOn;
  try {
    if (isOn) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, OFF);
  } catch {
    // The browser blocks storage: it holds until the page is left.
  }
  for (const listener of listeners) listener();
}

export function useShortcutsSwitch(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, areOn);
}

/** Fields that take text, or that jump to an option by its first letter. */
const TYPED = "textarea, select, [contenteditable], [role=textbox], input:not([type=checkbox], [type=radio])";

/** Elements that handle keys themselves while they are open. */
const OPEN = '[role="dialog"], [role="menu"], [role="listbox"]';

function isMeant({ target, defaultPrevented, isComposing, repeat, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean {
  if (defaultPrevented || isComposing || repeat || ctrlKey || altKey || metaKey) return false;
  const isTyped = target instanceof Element && target.closest(TYPED) !== null;
  return !isTyped && document.querySelector(OPEN) === null;
}

/**
 * Runs a function when a key is pressed: "/", "n", "?". Not while someone types, nothing with Ctrl, Alt or Meta, and
 * not while shortcuts are switched off.
 */
export function useShortcut(key: string, run: () => void): void {
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== key || !areOn() || !isMeant(event)) return;
      event.preventDefault();
      latest.current();
    };
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
    };
  }, [key]);
}
