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
          setupFiles: ["console/test/setup.ts"],
        },
      },
    ],
  },
});
