const OPERATORS = "operators";

/** Returns true if an access token is an operator's. It only decides what is shown: the API checks each request. */
export function isOperator(accessToken: string | undefined): boolean {
  const payload = accessToken?.split(".")[1];
  if (!payload) return false;
  try {
    const claims = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/"))) as Record<string, unknown>;
    const groups = claims["cognito:groups"];
    return Array.isArray(groups) && groups.includes(OPERATORS);
  } catch {
    return false;
  }
}
