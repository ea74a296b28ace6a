/** Someone of a pasted list or a file, as far as it says. */
export interface Person {
  first_name: string;
  last_name: string;
  email: string;
}

/** Reads a full name: "Sherron, Lee" or "Lee Sherron". Of more than two words, the first is the first name. */
function readName(text: string): Pick<Person, "first_name" | "last_name"> {
  const name = text
    .replace(/["“”„]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const comma = /^([^,]+),\s*([^,]+)$/.exec(name);
  if (comma) return { first_name: comma[2] ?? "", last_name: (comma[1] ?? "").trim() };
  const [first = "", ...rest] = name.replace(/^[,\s]+|[,\s]+$/g, "").split(" ");
  return { first_name: first, last_name: rest.join(" ") };
}

/** Suggests names for an address that came without any: "lee.sherron@example.org" is probably Lee Sherron. */
function nameOfAddress(email: string): Pick<Person, "first_name" | "last_name"> {
  const [local = ""] = (email.split("@")[0] ?? "").split("+");
  const words = local
    .replace(/\d+/g, "")
    .split(/[._-]+/)
    .filter(Boolean);
  const [first = "", ...rest] = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1).toLowerCase());
  return { first_name: first, last_name: rest.join(" ") };
}

/** Returns a person with the name given for the address, or with the one that the address suggests. */
export function personOf(email: string, name = ""): Person {
  const isNamed = /\p{L}/u.test(name) && !name.includes("@");
  return { ...(isNamed ? readName(name) : nameOfAddress(email)), email };
}
