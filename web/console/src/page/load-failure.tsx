import { Anchor, Button } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { messageFor } from "../api/error-messages.ts";
import { texts } from "../texts/index.ts";
import { RefusalAlert } from "./refusal-alert.tsx";

type Query = Pick<UseQueryResult, "error" | "isError" | "isFetching" | "isLoadingError" | "refetch">;

/** Says, in a dialog, why something could not be loaded, and `what` that is, with a button to try again. */
export function LoadFailure({ of: query, what = "" }: { of: Query; what?: string }) {
  return (
    <RefusalAlert text={`${what} ${messageFor(query.error)}`.trim()}>
      <div>
        <Button
          size="compact-sm"
          variant="light"
          mt="xs"
          loading={query.isFetching}
          onClick={() => void query.refetch()}
        >
          {texts.common.tryAgain}
        </Button>
      </div>
    </RefusalAlert>
  );
}

/** Returns the error of a field whose choices could not be loaded, with a button to try again; undefined without one. */
export const loadError = (query: Query, text: string) =>
  query.isLoadingError ? (
    <>
      {text}{" "}
      <Anchor component="button" type="button" size="xs" onClick={() => void query.refetch()}>
        {texts.common.tryAgain}
      </Anchor>
    </>
  ) : undefined;

/** Returns what a field that searches says: in place of results, with `none` if there are none, and as its error. */
export const searchWords = (query: Query, none: string) => ({
  nothingFoundMessage: query.isFetching ? texts.common.loading : query.isError ? undefined : none,
  error: loadError(query, messageFor(query.error)),
});
