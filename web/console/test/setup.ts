import { notifications } from "@mantine/notifications";
import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, expect, vi } from "vitest";

// A page that is loaded in parts takes longer than the usual second on a machine that does other work, too.
configure({ asyncUtilTimeout: 5_000 });

/** What jsdom lacks and Mantine calls. */
class ResizeObserverStub implements ResizeObserver {
  observe(): void {
    // Nothing has a size in jsdom.
  }
  unobserve(): void {
    // See above.
  }
  disconnect(): void {
    // See above.
  }
}

beforeEach(() => {
  vi.stubGlobal("ResizeObserver", ResizeObserverStub);
  vi.stubGlobal("matchMedia", (query: string) => ({
    matches: false,
    media: query,
    addEventListener: vi.fn(),
    removeEventListener: vi.fn(),
  }));
  vi.stubGlobal("scrollTo", vi.fn());
  Element.prototype.scrollIntoView = vi.fn();
  Object.defineProperty(document, "fonts", { value: new EventTarget(), configurable: true });
  vi.spyOn(console, "error");
  vi.spyOn(console, "warn");
});

/** Warnings of React are errors. */
afterEach(() => {
  cleanup();
  notifications.clean();
  notifications.cleanQueue();
  expect(vi.mocked(console.error).mock.calls).toEqual([]);
  expect(vi.mocked(console.warn).mock.calls).toEqual([]);
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  sessionStorage.clear();
  history.replaceState(null, "", "/console/");
});
