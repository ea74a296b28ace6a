import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

/** Unit tests (*.test.ts) run in Node, component tests (*.test.tsx) in jsdom. */
export default defineConfig({
  test: {
    projects: [
      { test: { name: "unit", environment: "node", include: ["**/*.test.ts"] } },
      {
        plugins: [react()],
        test: {
          name: "components",
          environment: "jsdom",
          environmentOptions: { jsdom: { url: "https://usher.example/console/" } },
          include: ["**/*.test.tsx"],
          testTimeout: 20_000,
          setupFiles: ["console/test/setup.ts"],
        },
      },
    ],
  },
});
