import { act, screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { catchDownloads } from "../../test/downloads.ts";
import { renderWithProviders } from "../../test/render.tsx";
import { ExportButton, type ExportOptions } from "./export-button.tsx";

test("what arrives of an export after it was stopped is not shown, nor does it end the next one", async () => {
  const downloaded = catchDownloads();
  const runs: (ExportOptions & { finish: (text: string) => void })[] = [];
  const write = (options: ExportOptions) =>
    new Promise<string>((finish) => {
      runs.push({ ...options, finish });
    });
  const { user } = await renderWithProviders(<ExportButton fileName="users.csv" write={write} disabled={false} />);
  const press = (name: string) => user.click(screen.getByRole("button", { name }));
  await press("Export CSV");
  await press("Stop");

  act(() => {
    runs[0]?.onProgress(100);
  });

  expect(screen.queryByText("100 read…")).toBeNull();
  await press("Export CSV");
  await act(async () => {
    runs[0]?.finish("old");
    await Promise.resolve();
  });
  expect(screen.getByText("0 read…")).toBeTruthy();
  expect(downloaded).toEqual([]);
});

test("the button keeps the focus from the start of an export to its end, which is said", async () => {
  catchDownloads();
  const ends: ((text: string) => void)[] = [];
  const write = () => new Promise<string>((resolve) => ends.push(resolve));
  const { user } = await renderWithProviders(<ExportButton fileName="users.csv" write={write} disabled={false} />);
  const button = screen.getByRole("button", { name: "Export CSV" });

  await user.click(button);
  expect(document.activeElement).toBe(screen.getByRole("button", { name: "Stop" }));
  act(() => {
    ends[0]?.("text");
  });

  expect(await screen.findByText("The file has been downloaded.")).toBeTruthy();
  expect(screen.getByRole("button", { name: "Export CSV" })).toBe(button);
  expect(document.activeElement).toBe(button);
});
