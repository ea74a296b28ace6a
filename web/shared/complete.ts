/** An answer carries every field; the generated types leave out those that have a default, as requests may. */
export type Complete<Shape> = Shape extends (infer Item)[]
  ? Complete<Item>[]
  : Shape extends object
    ? { [Name in keyof Shape]-?: Complete<Shape[Name]> }
    : Shape;
