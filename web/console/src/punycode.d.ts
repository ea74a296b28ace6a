declare module "punycode/punycode.es6.js" {
  /** Converts the labels of a domain or of an address's domain; throws for invalid Punycode. */
  export function toUnicode(domain: string): string;
}
