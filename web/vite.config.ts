import { defineConfig } from "vite";

// The page goes into the package; every path in it is relative, so that it works under any address
// and, inlined, in a single file.
export default defineConfig({
  base: "./",
  esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
  build: {
    outDir: "../src/masthead/web/static",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: true,
    chunkSizeWarningLimit: 1400,
  },
  worker: { format: "es" },
});
