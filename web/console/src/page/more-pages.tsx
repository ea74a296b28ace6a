import { Button } from "@mantine/core";
import { texts } from "../texts/index.ts";

interface Pages {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => Promise<unknown>;
}

/** Loads the next page of a list, while there is one. */
export function MorePages({ of }: { of: Pages }) {
  if (!of.hasNextPage) return null;
  return (
    <Button variant="light" mt="md" loading={of.isFetchingNextPage} onClick={() => void of.fetchNextPage()}>
      {texts.common.showMore}
    </Button>
  );
}
