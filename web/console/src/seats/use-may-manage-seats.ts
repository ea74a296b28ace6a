import { useAccountContext } from "../account/account-context.ts";

/** Returns true for administrators who are not partners: they see the Seats page and ask for seats (rule 27). */
export function useMayManageSeats(): boolean {
  const { isAdmin, kind } = useAccountContext();
  return isAdmin && kind !== "partner";
}
