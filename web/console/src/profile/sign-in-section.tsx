import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { messageFor } from "../api/error-messages.ts";
import { signOutEverywhere } from "../api/mutations.ts";
import type { Me } from "../api/types.ts";
import { ConfirmButtons } from "../page/confirm-buttons.tsx";
import { Dialog } from "../page/dialog.tsx";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { Section } from "../page/section.tsx";
import { useOpened } from "../page/use-opened.ts";
import { signOut } from "../session/store.ts";
import { texts } from "../texts/index.ts";
import { PasswordDialog } from "./password-dialog.tsx";
import classes from "./profile.module.css";

/** What the person signs in with: a new password, and the end of all sessions. */
export function SignInSection({ me }: { me: Me }) {
  const t = texts.security;
  const { opened, open, close } = useOpened<"password" | "sign-out">();
  return (
    <div className={classes.signIn}>
      <Section title={t.title}>
        <Text size="sm" mb="md">
          {t.lead}
        </Text>
        <Group gap="sm">
          <Button
            variant="default"
            onClick={() => {
              open("password");
            }}
          >
            {t.changePassword}
          </Button>
          <Button
            variant="default"
            onClick={() => {
              open("sign-out");
            }}
          >
            {t.signOutEverywhere}
          </Button>
        </Group>
      </Section>
      {opened === "password" && (
        <PasswordDialog
          email={me.email}
          onChanged={() => {
            notifications.show({ message: t.changed });
            close();
          }}
          onClose={close}
        />
      )}
      {opened === "sign-out" && <SignOutDialog onClose={close} />}
    </div>
  );
}

function SignOutDialog({ onClose }: { onClose: () => void }) {
  const t = texts.security;
  const ending = useMutation({ mutationFn: signOutEverywhere, onSuccess: signOut });
  return (
    <Dialog title={t.signOutTitle} onClose={onClose} centered>
      <RefusalAlert text={ending.isError ? messageFor(ending.error) : ""} />
      <Text size="sm" pb="md">
        {t.signOutText}
      </Text>
      <ConfirmButtons
        verb={t.signOutVerb}
        danger={false}
        isPending={ending.isPending}
        onConfirm={() => {
          ending.mutate();
        }}
        onClose={onClose}
      />
    </Dialog>
  );
}
