import type { AnyRouter } from "@tanstack/react-router";

/** True after navigation within the console, until the new page has taken the focus. */
let hasNavigated = false;

export function noteNavigation(router: AnyRouter): void {
  router.subscribe("onBeforeNavigate", ({ fromLocation, pathChanged }) => {
    if (fromLocation && pathChanged) hasNavigated = true;
  });
}

/** Returns true once after each navigation. */
export function takeNavigation(): boolean {
  const navigated = hasNavigated;
  hasNavigated = false;
  return navigated;
}
