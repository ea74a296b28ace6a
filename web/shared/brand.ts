import brand from "./brand.json";

/** Name of the product, as people read it. */
export const PRODUCT = brand.name;
