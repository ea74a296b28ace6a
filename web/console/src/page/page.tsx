import { Container, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { PageTitle } from "./page-title.tsx";
import classes from "./page.module.css";

interface PageProps {
  title: string;
  /** Title of the browser's tab. */
  tab: string;
  /** A line below the title. */
  lead?: ReactNode;
  /** Beside the title; below it on a phone. */
  actions?: ReactNode;
  size: string;
  children: ReactNode;
}

/** A page's content: title, a line about it, what can be done here, and the rest below. */
export function Page({ title, tab, lead, actions, size, children }: PageProps) {
  return (
    <Container component="main" size={size} className={classes.page}>
      <div className={classes.top}>
        <div className={classes.title}>
          <PageTitle tab={tab}>{title}</PageTitle>
          {typeof lead === "string" ? <Text c="dimmed">{lead}</Text> : lead}
        </div>
        {actions}
      </div>
      {children}
    </Container>
  );
}
