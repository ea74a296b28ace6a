/** Parameters of the Users page that show who is in a group: those whom the group's count counts, and expired ones. */
export const groupUsersView = (group: string): Record<string, string> => ({
  status: "invited,expired,active,blocked",
  group,
});
