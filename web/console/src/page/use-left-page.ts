import { useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";

/** Calls `onLeft` once the page of another path is shown, such as after the browser's Back. */
export function useLeftPage(onLeft: () => void): void {
  const pathname = useLocation({ select: (location) => location.pathname });
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    onLeft();
  });
}
