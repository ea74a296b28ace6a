/** Makes every field required: the generated types mark fields with a default as optional, but responses have them all. */
export type Complete<Shape> = Shape extends (infer Item)[]
  ? Complete<Item>[]
  : Shape extends object
    ? { [Name in keyof Shape]-?: Complete<Shape[Name]> }
    : Shape;
