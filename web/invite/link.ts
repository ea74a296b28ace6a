/** The one form of an invitation's token: key version, account, user, who copied it, generation, channel and MAC. */
const TOKEN = /v[1-9]\d{0,2}\.[a-z]{2}\d{3,8}(\.[a-z2-7]{26}){1,2}\.[1-9]\d{0,8}\.[a-z]+\.[\w-]{43}/;
const NOT_IN_A_TOKEN = /[^\w.-]/g;
/** Encoded once by a mail gateway and once more by a tracker, on top of the encoding by the browser. */
const MOST_ENCODINGS = 3;

type Address = Pick<Location, "hash" | "pathname" | "search">;

/**
 * Returns the token of a link (rule 10), wherever mail programs have moved it and whatever they have put around or into
 * it; without one the fragment as it is, which the API refuses.
 */
export function tokenOf({ hash, pathname, search }: Address): string {
  for (const part of [hash, pathname, search]) {
    const token = TOKEN.exec(decoded(part).replace(NOT_IN_A_TOKEN, ""))?.[0];
    if (token) return token;
  }
  return hash.slice(1);
}

/** Returns the App ID that a token names, "" if it is none. Not verified: for links only, not for access. */
export function accountOf(token: string): string {
  return TOKEN.test(token) ? (token.split(".")[1] ?? "") : "";
}

/** Decodes byte by byte: a token is ASCII, and what is not part of one may be cut off within a character. */
function decoded(text: string): string {
  let result = text;
  for (let round = 0; round < MOST_ENCODINGS; round++)
    result = result.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return result;
}
