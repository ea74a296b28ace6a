import { Button } from "@mantine/core";
import { screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { renderWithProviders } from "../../test/render.tsx";
import { Dialog } from "./dialog.tsx";
import { useRestoredFocus } from "./use-restored-focus.ts";

/** A button that is gone once it is pressed. */
function Passing() {
  const [isThere, setThere] = useState(true);
  return (
    isThere && (
      <Button
        onClick={() => {
          setThere(false);
        }}
      >
        Go
      </Button>
    )
  );
}

function Page({ inDialog }: { inDialog: boolean }) {
  useRestoredFocus();
  return (
    <main>
      <h1 tabIndex={-1}>Users</h1>
      {inDialog ? (
        <Dialog title="Invite" onClose={() => undefined}>
          <Passing />
        </Dialog>
      ) : (
        <Passing />
      )}
    </main>
  );
}

test.each([
  ["the dialog that covers the page", true, () => screen.getByRole("dialog")],
  ["the heading of the page", false, () => screen.getByRole("heading")],
])("where the focused button is removed, %s has the focus", async (_, inDialog, target) => {
  const { user } = await renderWithProviders(<Page inDialog={inDialog} />);

  await user.click(screen.getByRole("button", { name: "Go" }));

  await waitFor(() => {
    expect(document.activeElement).toBe(target());
  });
});
