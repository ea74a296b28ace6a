import { Title } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { type ReactNode, useEffect, useRef } from "react";
import { takeNavigation } from "./navigation.ts";

/** The page's heading and document title. Takes the focus after navigation, so that screen readers announce the page. */
export function PageTitle({ tab, children }: { tab: string; children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(tab);
  useEffect(() => {
    if (takeNavigation()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Title ref={heading} order={1} size="h2" tabIndex={-1}>
      {children}
    </Title>
  );
}
