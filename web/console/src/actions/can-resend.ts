import type { User } from "../api/types.ts";

export const canResend = (user: User): boolean => user.allowed_actions.includes("resend");
