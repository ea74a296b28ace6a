/** Keys of everything that is read from the API. A shorter key is the prefix of longer ones, as invalidation expects. */
export const queryKeys = {
  config: () => ["config"] as const,
  me: () => ["me"] as const,
  myInvitations: () => ["my-invitations"] as const,
  allAccounts: () => ["all-accounts"] as const,
  waitingRequests: () => ["waiting-requests"] as const,
  anyAccount: (accountId: string) => ["any-account", accountId] as const,
  account: (accountId: string) => ["account", accountId] as const,
  access: (accountId: string) => ["access", accountId] as const,
  groups: (accountId: string) => ["groups", accountId] as const,
  seatRequests: (accountId: string) => ["seat-requests", accountId] as const,
  teams: (accountId: string) => ["teams", accountId] as const,
  users: (accountId: string) => ["users", accountId] as const,
  everyUser: (accountId: string) => ["user", accountId] as const,
  user: (accountId: string, userId: string) => ["user", accountId, userId] as const,
  job: (accountId: string, jobId: string) => ["job", accountId, jobId] as const,
  journal: (accountId: string) => ["journal", accountId] as const,
  invitationLink: (accountId: string, userId: string, requestId: string) =>
    ["invitation-link", accountId, userId, requestId] as const,
};
