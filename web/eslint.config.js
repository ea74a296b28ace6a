import js from "@eslint/js";
import jsxA11y from "eslint-plugin-jsx-a11y";
import compat from "eslint-plugin-compat";
import reactHooks from "eslint-plugin-react-hooks";
import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  { ignores: ["dist/", "shared/schema.d.ts"] },
  js.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
  },
  // Pages use no function that a browser of the last six years (browserslist in package.json) lacks. What belongs to
  // the language itself is kept to that age by `lib` in tsconfig.json.
  {
    files: ["invite/**/*.ts", "help/**/*.ts", "shared/**/*.ts", "console/src/**"],
    extends: [compat.configs["flat/recommended"]],
  },
  {
    // Every text comes from texts/: there is one in each language.
    files: ["console/src/**/*.tsx"],
    ignores: ["**/*.test.tsx"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "JSXText[value=/[A-Za-z]{2}/]", message: "Take the text from texts/." },
        {
          selector:
            "JSXAttribute[name.name=/^(label|title|text|description|placeholder|alt|aria-label)$/] > Literal[value=/[A-Za-z]/]",
          message: "Take the text from texts/.",
        },
        {
          selector:
            "CallExpression[callee.property.name='show'] Property[key.name=/^(message|title)$/] > :matches(Literal, TemplateLiteral)",
          message: "Take the text from texts/.",
        },
      ],
    },
  },
  { files: ["console/**/*.tsx"], extends: [jsxA11y.flatConfigs.strict, reactHooks.configs.flat.recommended] },
);
