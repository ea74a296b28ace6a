import { fireEvent, screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { renderWithProviders } from "../../test/render.tsx";

const run = vi.fn();

beforeEach(() => {
  vi.resetModules();
  run.mockReset();
  localStorage.clear();
});

async function show() {
  const { useShortcut, switchShortcuts } = await import("./shortcuts.ts");
  function Page() {
    useShortcut("n", run);
    return (
      <>
        <input aria-label="Name" />
        <select aria-label="Order" />
        <input type="checkbox" aria-label="Chosen" />
        <button>Press</button>
      </>
    );
  }
  await renderWithProviders(<Page />);
  return { switchShortcuts };
}

const press = (target: Element, init: KeyboardEventInit = {}) => fireEvent.keyDown(target, { key: "n", ...init });

test("a key runs its shortcut on the page, on a button and on a checkbox", async () => {
  await show();

  for (const target of [document.body, screen.getByText("Press"), screen.getByLabelText("Chosen")]) press(target);

  expect(run).toHaveBeenCalledTimes(3);
});

test("nothing happens while someone types, with a modifier, or for a key that is held", async () => {
  await show();

  press(screen.getByLabelText("Name"));
  press(screen.getByLabelText("Order"));
  for (const name of ["ctrlKey", "altKey", "metaKey", "repeat", "isComposing"]) press(document.body, { [name]: true });

  expect(run).not.toHaveBeenCalled();
});

test("nothing happens while a dialog is open", async () => {
  await show();
  const dialog = document.createElement("div");
  dialog.setAttribute("role", "dialog");
  document.body.append(dialog);

  press(document.body);
  dialog.remove();

  expect(run).not.toHaveBeenCalled();
});

test("shortcuts that are switched off stay off in this browser", async () => {
  const { switchShortcuts } = await show();

  switchShortcuts(false);
  press(document.body);
  expect(run).not.toHaveBeenCalled();
  expect(localStorage.getItem("usher.shortcuts")).toBe("off");

  switchShortcuts(true);
  press(document.body);
  expect(run).toHaveBeenCalledOnce();
});
