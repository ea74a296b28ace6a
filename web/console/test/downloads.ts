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
