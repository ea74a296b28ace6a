import { Anchor, Paper, Title } from "@mantine/core";
import { useDocumentTitle, useWindowEvent } from "@mantine/hooks";
import { useState } from "react";
import { PRODUCT } from "#shared/brand.ts";
import { Brand } from "../page/brand.tsx";
import classes from "../session/sign-in-page.module.css";
import { texts } from "../texts/index.ts";
import { LinkForm } from "./link-form.tsx";
import { recoveryToken, startOf } from "./link.ts";
import { OpenedLink } from "./opened-link.tsx";

/** Asks for a password reset link; from that link, takes the security answer and the new password (rule 18). */
export default function RecoveryPage() {
  const [token, setToken] = useState(() => recoveryToken(location));
  const [start] = useState(() => startOf(location));
  const t = texts.recovery;
  useDocumentTitle(`${t.title} · ${PRODUCT}`);
  // A link that is opened while the page is shown changes the hash alone.
  useWindowEvent("hashchange", () => {
    setToken(recoveryToken(location));
  });
  return (
    <main className={classes.page}>
      <Paper className={classes.card} radius="xl" p={{ base: "lg", sm: 40 }}>
        <Brand />
        <Title order={1} size="h2" mt="xl">
          {t.title}
        </Title>
        {token ? (
          <OpenedLink
            key={token}
            token={token}
            onDead={() => {
              setToken("");
            }}
          />
        ) : (
          <LinkForm address={start.email} />
        )}
        <Anchor href={start.invitation ? `/invite#${start.invitation}` : "/console/"} mt="lg" display="inline-block">
          {start.invitation ? t.toInvitation : t.toSignIn}
        </Anchor>
      </Paper>
    </main>
  );
}
