import type { User } from "../api/types.ts";

/** What cloning would change for one user; groups only where they differ. */
interface CloneEffect {
  gained: string[];
  lost: string[];
  denied: string[];
  noLongerDenied: string[];
  groups: string[] | undefined;
}

type Rights = Pick<User, "admin" | "groups" | "permissions">;

const without = (names: string[], others: string[]): string[] => names.filter((name) => !others.includes(name));

/** Returns what a user would have afterwards that they do not have now; null for an administrator, who is left out. */
export function cloneEffect(source: Rights, user: Rights, withGroups: boolean): CloneEffect | null {
  if (user.admin) return null;
  const { allow, deny } = user.permissions;
  const idsOf = ({ groups }: Rights) =>
    groups
      .map(({ group_id }) => group_id)
      .sort()
      .join();
  return {
    gained: without(source.permissions.allow, allow),
    lost: without(allow, source.permissions.allow),
    denied: without(source.permissions.deny, deny),
    noLongerDenied: without(deny, source.permissions.deny),
    groups: withGroups && idsOf(source) !== idsOf(user) ? source.groups.map(({ name }) => name) : undefined,
  };
}

export const changesNothing = ({ groups, ...lists }: CloneEffect): boolean =>
  !groups && Object.values(lists).every((names) => !names.length);
