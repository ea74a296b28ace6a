import type { ComponentProps, MouseEvent } from "react";
import { navigate } from "./route.ts";

/** A link within the console: navigates without a page load, except for modified clicks. */
export function PageLink({ href, children, ...anchor }: ComponentProps<"a"> & { href: string }) {
  const follow = (event: MouseEvent) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href);
  };
  return (
    <a {...anchor} href={href} onClick={follow}>
      {children}
    </a>
  );
}
