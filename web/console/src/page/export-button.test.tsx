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
