import type { SeatRequest } from "../src/api/seats.ts";
import type { Team } from "../src/api/teams.ts";
import type { Account, Entry, Group, Me, User } from "../src/api/types.ts";

export const ACCOUNT_ID = "ab123";
export const USER_ID = "a".repeat(26);
const SENT_AT = "2026-11-22T12:00:00Z";

export function anAccount(changes: Partial<Account> = {}): Account {
  return {
    account_id: ACCOUNT_ID,
    name: "Northwind",
    status: "active",
    seats: { limit: 10, used: 3, available: 7 },
    counts: { invited: 1, expired: 0, active: 2, inactive: 0, blocked: 0, declined: 0, removed: 0 },
    settings: {
      invite_profile: "full",
      default_group: "everyone",
      allow_link_copy: true,
      locale: "en",
      daily_mail_limit: 1000,
      help_url: null,
      global_permissions: [],
    },
    created_at: SENT_AT,
    updated_at: SENT_AT,
    ...changes,
  } as Account;
}

export function aUser(changes: Partial<User> = {}): User {
  return {
    account_id: ACCOUNT_ID,
    user_id: USER_ID,
    version: 3,
    status: "invited",
    first_name: "Lee",
    last_name: "Sherron",
    email: "lee@example.org",
    phone: null,
    admin: false,
    groups: [{ group_id: "everyone", name: "Everyone" }],
    permissions: { allow: [], deny: [] },
    joined_at: null,
    last_seen_at: null,
    created_at: SENT_AT,
    invitation: {
      delivery: "sent",
      expires_at: "2026-11-29T12:00:00Z",
      generation: 1,
      invited_by: "b".repeat(26),
      sent_at: SENT_AT,
      sent_count: 1,
    },
    allowed_actions: ["resend", "copy_link", "revoke", "edit"],
    ...changes,
  } as User;
}

export function me(changes: Partial<Me> = {}): Me {
  return {
    first_name: "Ann",
    last_name: "Admin",
    email: "ann@example.org",
    locale: "en",
    phone: null,
    profile: { phone: null, time_zone: null, signature: null, logo_url: null },
    accounts: [{ account_id: ACCOUNT_ID, name: "Northwind", status: "active", admin: true, user_id: "b".repeat(26) }],
    ended_accounts: [],
    ...changes,
  } as Me;
}

export function aGroup(changes: Partial<Group> = {}): Group {
  return {
    group_id: "everyone",
    name: "Everyone",
    description: "",
    default: false,
    permissions: ["contacts.view", "users.view"],
    user_count: 3,
    version: 4,
    ...changes,
  };
}

export const GROUPS = {
  data: [
    aGroup({ group_id: "administrators", name: "Administrators", default: true, permissions: ["users.view"] }),
    aGroup(),
  ],
  next_cursor: null,
};

export function aTeam(changes: Partial<Team> = {}): Team {
  return {
    team_id: "t".repeat(26),
    name: "Sales",
    managers: ["b".repeat(26)],
    users: [USER_ID],
    version: 2,
    ...changes,
  };
}

/** Two seats, which wait for a decision. */
export function aSeatRequest(changes: Partial<SeatRequest> = {}): SeatRequest {
  return {
    request_id: changes.kind ?? "purchase",
    kind: "purchase",
    quantity: 2,
    reason: null,
    status: "pending",
    requested_by: "b".repeat(26),
    requested_at: SENT_AT,
    decided_by: changes.status ? "b".repeat(26) : null,
    decided_at: changes.status ? SENT_AT : null,
    ...changes,
  };
}

export function anEntry(changes: Partial<Entry> = {}): Entry {
  return {
    entry_id: "e1",
    at: SENT_AT,
    type: "user.blocked",
    actor: "b".repeat(26),
    user_id: USER_ID,
    before: {},
    after: {},
    ...changes,
  };
}
