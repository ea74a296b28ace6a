import { type BlockReason, block, deactivate, edit, resend, revoke } from "../api/mutations.ts";
import { fetchUser } from "../api/queries.ts";
import type { User } from "../api/types.ts";
import type { IconName } from "../page/icons.tsx";

type BulkActionName = "resend" | "add_to_group" | "revoke" | "block" | "deactivate";

/** What is chosen in the dialog, for all. */
export interface BulkChoice {
  reason: BlockReason;
  groups: string[];
  /** Records wait for a new owner, instead of keeping those who own some from being deactivated. */
  isLater: boolean;
}

export interface BulkAction {
  name: BulkActionName;
  icon: IconName;
  /** The action takes access away. */
  danger?: true;
  /** Returns true if it is possible for this user. */
  isAllowed: (user: User) => boolean;
  send: (user: User, choice: BulkChoice, key: string) => Promise<unknown>;
}

const allows = (action: User["allowed_actions"][number]) => (user: User) => user.allowed_actions.includes(action);

/** Adds groups to those that the user has now; the version makes sure that none is lost that is given meanwhile. */
async function addToGroups(user: User, { groups }: BulkChoice): Promise<void> {
  const current = await fetchUser(user);
  const now = current.groups.map(({ group_id }) => group_id);
  const added = groups.filter((id) => !now.includes(id));
  if (added.length) await edit(current, { groups: [...now, ...added] });
}

/** What can be done with several users at once, what takes access away last. */
export const BULK_ACTIONS: BulkAction[] = [
  { name: "resend", icon: "send", isAllowed: allows("resend"), send: (user, _, key) => resend(user, key) },
  {
    name: "add_to_group",
    icon: "layers",
    isAllowed: (user) => !user.admin && allows("edit")(user),
    send: addToGroups,
  },
  {
    name: "revoke",
    icon: "cross",
    danger: true,
    isAllowed: allows("revoke"),
    send: (user, _, key) => revoke(user, key),
  },
  {
    name: "block",
    icon: "lock",
    danger: true,
    isAllowed: allows("block"),
    send: (user, { reason }, key) => block(user, reason, key),
  },
  {
    name: "deactivate",
    icon: "off",
    danger: true,
    isAllowed: allows("deactivate"),
    send: (user, { isLater }, key) => deactivate(user, isLater ? { hand_over: "later" } : {}, key),
  },
];
