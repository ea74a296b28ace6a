import { vi } from "vitest";

/** Collects the files that are offered for download. To be called before each test. */
export function catchDownloads(): { name: string; blob: Blob }[] {
  const downloaded: { name: string; blob: Blob }[] = [];
  let last = new Blob();
  vi.stubGlobal(
    "URL",
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => {
        last = blob;
        return "blob:file";
      },
      revokeObjectURL: vi.fn(),
    }),
  );
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    downloaded.push({ name: this.download, blob: last });
  });
  return downloaded;
}

/** Returns the text of a file, without the byte-order mark: jsdom's Blob has no text(). */
export const textOf = (blob: Blob | undefined) =>
  new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(reader.result);
    };
    if (blob) reader.readAsText(blob);
  });
