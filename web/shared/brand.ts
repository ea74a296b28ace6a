import brand from "./brand.json";

type Ten<T> = readonly [T, T, T, T, T, T, T, T, T, T];

/** Name of the product, as people read it. */
export const PRODUCT = brand.name;

/** Shades of the brand's colour from light to dark; the seventh is the colour itself. */
export const SHADES = brand.shades as unknown as Ten<string>;
