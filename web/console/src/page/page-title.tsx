import { Title, type TitleProps } from "@mantine/core";
import { useDocumentTitle } from "@mantine/hooks";
import { type ReactNode, useEffect, useRef } from "react";
import { takeNavigation } from "./navigation.ts";

interface PageTitleProps {
  tab: string;
  size?: TitleProps["size"];
  children: ReactNode;
}

/** The page's heading and document title. Takes the focus after navigation, so that screen readers announce the page. */
export function PageTitle({ tab, size = "h2", children }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useDocumentTitle(tab);
  useEffect(() => {
    if (takeNavigation()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <Title ref={heading} order={1} size={size} tabIndex={-1}>
      {children}
    </Title>
  );
}
