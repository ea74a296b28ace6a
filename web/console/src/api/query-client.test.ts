import { onlineManager } from "@tanstack/react-query";
import { afterEach, expect, test, vi } from "vitest";
import { Unreachable } from "#shared/problem.ts";
import { messageFor } from "./error-messages.ts";
import { queryClient } from "./query-client.ts";

afterEach(() => {
  onlineManager.setOnline(true);
});

test("without a connection a change is refused at once, and not sent later", async () => {
  onlineManager.setOnline(false);
  const mutationFn = vi.fn(() => Promise.reject(new Unreachable()));

  const error: unknown = await queryClient
    .getMutationCache()
    .build(queryClient, { mutationFn })
    .execute(undefined)
    .catch((reason: unknown) => reason);

  expect(messageFor(error)).toContain("Check your connection");
  onlineManager.setOnline(true);
  await queryClient.resumePausedMutations();
  expect(mutationFn).toHaveBeenCalledOnce();
});

test("without a connection a page is read at once, and again when it is back", async () => {
  onlineManager.setOnline(false);
  const options = queryClient.defaultQueryOptions({ queryKey: ["page"], queryFn: () => "read" });

  expect(await queryClient.query(options)).toBe("read");
  expect(options.refetchOnReconnect).toBe(true);
});
