import { Alert, Button, Center, Loader, Stack } from "@mantine/core";
import { useCallback, useEffect, useState } from "react";
import { post } from "#shared/http.ts";
import { RefusalAlert } from "../page/refusal-alert.tsx";
import { texts } from "../texts/index.ts";
import { PasswordForm, type Recovery } from "./password-form.tsx";
import { isOfDeadLink, refusalText } from "./use-request.ts";

interface OpenedLinkProps {
  token: string;
  /** Leads to the form that asks for another link, once this one is no longer valid. */
  onDead: () => void;
}

/** Reads what a link asks for, and shows its form; says why there is none, or that the password was changed. */
export function OpenedLink({ token, onDead }: OpenedLinkProps) {
  const t = texts.recovery;
  const [recovery, setRecovery] = useState<Recovery>();
  const [failure, setFailure] = useState<unknown>();
  const [isDone, setDone] = useState(false);

  const load = useCallback(() => {
    post<Recovery>("/v1/recovery/preview", { token }).then(setRecovery, setFailure);
  }, [token]);
  useEffect(load, [load]);

  if (isDone)
    return (
      <Alert role="status" mt="lg">
        {t.done}
      </Alert>
    );
  if (failure !== undefined)
    return (
      <Stack mt="lg">
        <RefusalAlert text={refusalText(failure)} />
        {isOfDeadLink(failure) ? (
          <Button onClick={onDead}>{t.again}</Button>
        ) : (
          <Button
            variant="light"
            onClick={() => {
              setFailure(undefined);
              load();
            }}
          >
            {texts.common.tryAgain}
          </Button>
        )}
      </Stack>
    );
  if (!recovery)
    return (
      <Center p="lg">
        <Loader aria-label={texts.common.loading} role="status" />
      </Center>
    );
  return (
    <PasswordForm
      token={token}
      recovery={recovery}
      onDone={() => {
        setDone(true);
      }}
      onDead={setFailure}
    />
  );
}
