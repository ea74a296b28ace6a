import { Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { type ReactNode, useEffect, useRef } from "react";
import { takeMove } from "./address.ts";

/** The page's heading. Whoever comes from another page is taken to it, so that a screen reader says where they are. */
export function PageTitle({ tab, children }: { tab: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(tab);
  useEffect(() => {
    if (takeMove()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Title ref={heading} order={1} size="h2" tabIndex={-1}>
      {children}
    </Title>
  );
}
