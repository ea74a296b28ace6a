import { useMutation, useQueryClient } from "@tanstack/react-query";
import { queryKeys } from "./query-keys.ts";

export interface MutationOptions<Answer = unknown> {
  onSuccess: (answer: Answer) => void;
  onError?: (error: unknown) => void;
}

type OfAccount = {
  [Name in keyof typeof queryKeys]: (typeof queryKeys)[Name] extends (accountId: string) => readonly unknown[]
    ? Name
    : never;
}[keyof typeof queryKeys];

/** Sends a change of an account, and reads again what it `changes`, also after an error. */
export function useAccountMutation<Variables, Answer>(
  accountId: string,
  changes: readonly OfAccount[],
  send: (variables: Variables) => Promise<Answer>,
  options: MutationOptions<Answer>,
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    ...options,
    onSettled: () => {
      for (const name of changes) void client.invalidateQueries({ queryKey: queryKeys[name](accountId) });
    },
  });
}
