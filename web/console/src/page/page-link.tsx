import type { ComponentProps, MouseEvent } from "react";
import { open } from "./address.ts";

/** A link to another page of the console, which opens without loading the console again. */
export function PageLink({ href, children, ...anchor }: ComponentProps<"a"> & { href: string }) {
  const follow = (event: MouseEvent) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    open(href);
  };
  return (
    <a {...anchor} href={href} onClick={follow}>
      {children}
    </a>
  );
}
