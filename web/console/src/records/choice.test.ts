import { expect, test } from "vitest";
import { NO_CHOICE, chosenTargets, toHandOver } from "./choice.ts";

const TYPES = ["contact", "task"];

test.each([
  ["nothing chosen", {}, {}, {}],
  ["one for all", { target: "kim" }, { contact: "kim", task: "kim" }, { reassign_to: "kim" }],
  ["later, although a target was chosen before", { target: "kim", isLater: true }, {}, { hand_over: "later" }],
  [
    "one per type",
    { isPerType: true, target: "kim", targets: { contact: "ann", task: "bea" } },
    { contact: "ann", task: "bea" },
    { reassign_to: { contact: "ann", task: "bea" } },
  ],
  [
    "per type, one left out and one of a type that is not there",
    { isPerType: true, targets: { contact: "ann", task: "", opportunity: "bea" } },
    { contact: "ann" },
    { reassign_to: { contact: "ann" } },
  ],
])("%s", (_, chosen, targets, body) => {
  const choice = { ...NO_CHOICE, ...chosen };

  expect(chosenTargets(choice, TYPES)).toEqual(targets);
  expect(toHandOver(choice, TYPES)).toEqual(body);
});

test("someone who owns nothing that moves hands nothing over", () => {
  expect(toHandOver({ ...NO_CHOICE, target: "kim" }, [])).toEqual({});
});
