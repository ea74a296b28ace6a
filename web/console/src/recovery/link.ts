type Place = Pick<Location, "hash" | "pathname">;

const TOKEN = /v[1-9]\d{0,2}\.[a-z2-7]{26}\.[1-9]\d{0,8}\.recovery\.[\w-]{43}/;

/** Returns the token of a mailed link, also where a mail program has encoded its `#`; "" without one. */
export function recoveryToken({ hash, pathname }: Place): string {
  return TOKEN.exec(hash)?.[0] ?? TOKEN.exec(pathname)?.[0] ?? "";
}

const INVITATION = /^[\w.-]+$/;

/** What the page that led here knows: the address, and the invitation's token to return to; "" where it says nothing. */
export function startOf({ hash }: Pick<Place, "hash">): { email: string; invitation: string } {
  const given = new URLSearchParams(hash.slice(1));
  const invitation = given.get("invitation") ?? "";
  return { email: given.get("email") ?? "", invitation: INVITATION.test(invitation) ? invitation : "" };
}
