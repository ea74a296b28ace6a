import type { Me } from "../api/types.ts";

export const activeAccounts = ({ accounts }: Me) => accounts.filter(({ status }) => status === "active");
