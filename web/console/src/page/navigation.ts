import { notifications } from "@mantine/notifications";
import type { AnyRouter } from "@tanstack/react-router";

/** True after navigation within the console, until the new page has taken the focus. */
let hasNavigated = false;

/** The account that a path is in, or the part of the console outside of accounts; "" for the start. */
const placeOf = (pathname: string): string => pathname.split("/")[1] ?? "";

/** Notes each navigation; what is said about one account is not shown in another. */
export function noteNavigation(router: AnyRouter): void {
  router.subscribe("onBeforeNavigate", ({ fromLocation, toLocation, pathChanged }) => {
    if (!fromLocation || !pathChanged) return;
    hasNavigated = true;
    const left = placeOf(fromLocation.pathname);
    if (left && left !== placeOf(toLocation.pathname)) notifications.clean();
  });
}

/** Returns true once after each navigation. */
export function takeNavigation(): boolean {
  const navigated = hasNavigated;
  hasNavigated = false;
  return navigated;
}
