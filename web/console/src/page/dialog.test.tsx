import { TextInput } from "@mantine/core";
import { useLocation } from "@tanstack/react-router";
import { act, screen, waitFor } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { useEffect, useState } from "react";
import { expect, test, vi } from "vitest";
import { renderWithProviders } from "../../test/render.tsx";
import { Dialog, DialogForm } from "./dialog.tsx";
import { TextLink } from "./links.tsx";

const onClose = vi.fn();

function NameDialog({ isPending = false }: { isPending?: boolean }) {
  const [name, setName] = useState("");
  const { pathname } = useLocation();
  return (
    <Dialog title="New name" onClose={onClose} isDirty={name !== ""}>
      <DialogForm verb="Save" isPending={isPending}>
        <TextInput
          label="Name"
          value={name}
          data-autofocus
          onChange={({ currentTarget }) => {
            setName(currentTarget.value);
          }}
        />
        <TextLink to={"/elsewhere" as "/"}>Elsewhere</TextLink>
        <output>{pathname}</output>
      </DialogForm>
    </Dialog>
  );
}

async function open(typed: string) {
  onClose.mockClear();
  const { user } = await renderWithProviders(<NameDialog />);
  if (typed) await user.type(screen.getByLabelText("Name"), typed);
  return user;
}

const press = (name: string) => (user: UserEvent) => user.click(screen.getByRole("button", { name }));
const WAYS = [
  ["Escape", (user: UserEvent) => user.keyboard("{Escape}")],
  ["the cross", press("Close")],
  ["Cancel", press("Cancel")],
] as const;

test.each(WAYS)("%s closes a dialog in which nothing was entered", async (_, close) => {
  const user = await open("");

  await close(user);

  expect(onClose).toHaveBeenCalledOnce();
});

test.each(WAYS)("%s asks once whether what was entered may be lost", async (_, close) => {
  const user = await open("Lee");

  await close(user);

  expect(onClose).not.toHaveBeenCalled();
  expect(screen.getByRole("dialog", { name: "Discard your changes?" })).toBeTruthy();
  expect(screen.queryByRole("textbox")).toBeNull();
  await press("Discard changes")(user);
  expect(onClose).toHaveBeenCalledOnce();
});

test.each([["Keep editing", press("Keep editing")], ...WAYS.slice(0, 2)] as const)(
  "%s goes back from the question to what was entered, and to its field",
  async (_, goBack) => {
    const user = await open("Lee");
    await user.keyboard("{Escape}");
    expect(document.activeElement).toBe(screen.getByRole("button", { name: "Keep editing" }));

    await goBack(user);

    expect(onClose).not.toHaveBeenCalled();
    expect(screen.getByRole("dialog", { name: "New name" })).toBeTruthy();
    expect(screen.getByRole<HTMLInputElement>("textbox").value).toBe("Lee");
    expect(document.activeElement).toBe(screen.getByRole("textbox"));
  },
);

test.each(WAYS)("%s closes no dialog whose request runs", async (_, close) => {
  onClose.mockClear();
  const { user } = await renderWithProviders(<NameDialog isPending />);

  await close(user);

  expect(onClose).not.toHaveBeenCalled();
  expect(screen.getByRole("dialog", { name: "New name" })).toBeTruthy();
});

test("a request that is answered gives back the focus that its button has lost", async () => {
  let answer: () => void = vi.fn();
  const isAnswered = new Promise<void>((resolve) => {
    answer = resolve;
  });
  function SendingDialog() {
    const [isPending, setPending] = useState(true);
    useEffect(() => {
      void isAnswered.then(() => {
        setPending(false);
      });
    }, []);
    return <NameDialog isPending={isPending} />;
  }
  const { user } = await renderWithProviders(<SendingDialog />);
  // Chromium takes the focus from a button that is disabled, jsdom does not.
  act(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  });

  await act(async () => {
    answer();
    await isAnswered;
  });

  const dialog = screen.getByRole("dialog");
  expect(document.activeElement).toBe(dialog);
  await user.tab();
  expect(dialog.contains(document.activeElement)).toBe(true);
});

test("leaving the page asks whether what was entered in a dialog may be lost", async () => {
  history.replaceState(null, "", "/console/here");
  const user = await open("Lee");
  const leave = () => user.click(screen.getByText("Elsewhere"));
  const unload = new Event("beforeunload", { cancelable: true });
  window.dispatchEvent(unload);
  expect(unload.defaultPrevented).toBe(true);

  await leave();

  await screen.findByRole("dialog", { name: "Discard your changes?" });
  await press("Keep editing")(user);
  expect(screen.getByRole<HTMLInputElement>("textbox").value).toBe("Lee");
  expect(location.pathname).toBe("/console/here");
  await leave();
  await press("Discard changes")(user);
  expect(onClose).toHaveBeenCalledOnce();
  await waitFor(() => {
    expect(location.pathname).toBe("/console/elsewhere");
  });
});

test("a dialog that is saved while it asks lets the navigation go on", async () => {
  history.replaceState(null, "", "/console/here");
  let save: () => void = vi.fn();
  const saving = new Promise<void>((resolve) => {
    save = resolve;
  });
  function SavedDialog() {
    const [isSaved, setSaved] = useState(false);
    useEffect(() => {
      void saving.then(() => {
        setSaved(true);
      });
    }, []);
    return isSaved ? null : <NameDialog />;
  }
  const { user } = await renderWithProviders(<SavedDialog />);
  await user.type(screen.getByLabelText("Name"), "Lee");
  await user.click(screen.getByText("Elsewhere"));
  await screen.findByRole("dialog", { name: "Discard your changes?" });

  await act(async () => {
    save();
    await saving;
  });

  await waitFor(() => {
    expect(location.pathname).toBe("/console/elsewhere");
  });
});

test("Back pressed again while the dialog asks loses nothing", async () => {
  history.replaceState(null, "", "/console/here");
  const user = await open("");
  await user.click(screen.getByText("Elsewhere"));
  expect(onClose).toHaveBeenCalledOnce();
  onClose.mockClear();
  await user.type(screen.getByLabelText("Name"), "Lee");

  const back = async () => {
    const isBack = new Promise((resolve) => {
      addEventListener("popstate", resolve, { once: true });
    });
    history.back();
    await isBack;
    await screen.findByRole("dialog", { name: "Discard your changes?" });
  };

  await back();
  await back();

  expect(onClose).not.toHaveBeenCalled();
  expect(screen.getByRole("status", { hidden: true }).textContent).toBe("/elsewhere");
  await press("Keep editing")(user);
  expect(screen.getByRole<HTMLInputElement>("textbox").value).toBe("Lee");
});
