import react from "@vitejs/plugin-react";
import { type Plugin, defineConfig } from "vite";

/** Serves the page of a path, as the distribution's function does: a path without a dot names one of the two pages. */
function pagePaths(): Plugin {
  const map = (url = "/") => {
    const path = url.split("?")[0] ?? "";
    if (path.includes(".") || path.startsWith("/v1/") || path.startsWith("/@")) return url;
    return path.startsWith("/invite") ? "/invite/index.html" : "/console/index.html";
  };
  return {
    name: "page-paths",
    configureServer: (server) => {
      server.middlewares.use((request, _response, next) => {
        request.url = map(request.url);
        next();
      });
    },
  };
}

/** URL of a running product, which the development server uses as its API. */
const product = process.env.USHER_CONSOLE_URL;

export default defineConfig({
  appType: "mpa",
  publicDir: "invite/public",
  plugins: [react(), pagePaths()],
  server: { proxy: product ? { "/v1": product, "/config.json": product } : {} },
  build: {
    target: "es2022",
    // Browsers with light-dark(): transpiled, it would no longer follow Mantine's colour scheme.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 800,
  },
  // The pages are built separately, so that shared modules are bundled into each: the invite page is one script.
  builder: {},
  environments: {
    client: { build: { rolldownOptions: { input: { console: "console/index.html" } } } },
    invite: {
      consumer: "client",
      build: {
        rolldownOptions: { input: { invite: "invite/index.html" } },
        emptyOutDir: false,
        copyPublicDir: false,
        // A language is loaded as a file; inlined, all languages would be.
        assetsInlineLimit: 0,
      },
    },
  },
});
