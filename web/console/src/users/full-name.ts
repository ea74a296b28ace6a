import type { User } from "../api/types.ts";

export const fullName = ({ first_name, last_name }: Pick<User, "first_name" | "last_name">) =>
  `${first_name} ${last_name}`.trim();
