import { defineConfig, type Plugin } from "vite";

// The page for the single file of `masthead brief --format html`: one script and one style sheet,
// without MapLibre (its canvas map needs no worker) and with the land carried by the file.
const left: Plugin = {
  name: "left-out-of-the-file",
  enforce: "pre",
  resolveId: (id) => (id.startsWith("world-atlas/") || id === "./gl" ? "\0left-out" : undefined),
  load: (id) => (id === "\0left-out" ? "export default ''; export const glMap = null;" : undefined),
};

export default defineConfig({
  base: "./",
  mode: "file",
  plugins: [left],
  publicDir: false,
  esbuild: { jsx: "automatic", jsxImportSource: "preact", legalComments: "none" },
  build: {
    outDir: "../src/masthead/web/static/file",
    emptyOutDir: true,
    target: "es2022",
    cssCodeSplit: false,
    rollupOptions: {
      input: "src/file.tsx",
      output: { format: "iife", entryFileNames: "desk.js", assetFileNames: "desk[extname]", inlineDynamicImports: true },
    },
  },
});
