import { Alert, Button, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { messageFor } from "../api/error-messages.ts";
import { texts } from "../texts/index.ts";

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  error: unknown;
  fetchNextPage: () => Promise<unknown>;
}

interface MorePagesProps {
  of: Pages;
  label?: string;
  isLoading?: boolean;
  align?: "flex-start" | "center";
  /** Below the button. */
  children?: ReactNode;
}

/** Loads the next page of a list, while there is one; says why that failed, with the button to try again. */
export function MorePages({ of, label, isLoading = false, align = "flex-start", children }: MorePagesProps) {
  if (!of.hasNextPage) return null;
  const hasFailed = of.isFetchNextPageError && !of.isFetchingNextPage;
  return (
    <Stack mt="md" gap="xs" align={align}>
      {hasFailed && (
        <Alert color="red" role="alert">
          {messageFor(of.error)}
        </Alert>
      )}
      <Button variant="light" loading={of.isFetchingNextPage || isLoading} onClick={() => void of.fetchNextPage()}>
        {hasFailed ? texts.common.tryAgain : (label ?? texts.common.showMore)}
      </Button>
      {children}
    </Stack>
  );
}
