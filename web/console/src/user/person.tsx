import { Anchor } from "@mantine/core";
import { usePerson } from "../api/queries.ts";
import { userAddress } from "../page/address.ts";
import { PageLink } from "../page/page-link.tsx";
import { nameOf } from "../users/names.ts";

/** Who did something, by name: the API names people by their ids alone. */
export function Person({ accountId, actor }: { accountId: string; actor: string }) {
  const isOperator = actor.startsWith("operator:");
  const isPerson = !isOperator && actor !== "clock";
  const person = usePerson(accountId, isPerson ? actor : undefined);
  if (isOperator) return "the operator";
  if (!isPerson) return "the clock";
  if (person.data) {
    return (
      <Anchor component={PageLink} href={userAddress(accountId, actor)} inherit underline="always">
        {nameOf(person.data)}
      </Anchor>
    );
  }
  return person.isPending ? "…" : "somebody";
}
