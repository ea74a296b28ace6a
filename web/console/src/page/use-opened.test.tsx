import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useOpened } from "./use-opened.ts";

test("a dialog closes itself, and not the one that was opened since", () => {
  const { result } = renderHook(() => useOpened<string>());
  act(() => {
    result.current.open("edit");
  });
  const ofFirst = result.current.close;
  act(() => {
    result.current.open("edit");
  });

  act(ofFirst);

  expect(result.current.opened).toBe("edit");
  act(() => {
    result.current.close();
  });
  expect(result.current.opened).toBeUndefined();
});
