// Bundles the component and writes its Python class. `node build.mjs --check` only compares the bundle with the committed one.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const NAMESPACE = "dashboards_netview";
const BUNDLE = join(HERE, "netview.min.js");

async function bundle() {
  const result = await build({
    absWorkingDir: HERE, entryPoints: ["src/index.js"], bundle: true, minify: true, write: false, target: "es2020",
    format: "iife", globalName: NAMESPACE, legalComments: "none", metafile: true,
    alias: { react: "./src/react-shim.js", "prop-types": "./src/prop-types-shim.js" },
  });
  return { code: result.outputFiles[0].text, inputs: Object.keys(result.metafile.inputs) };
}

function packagesIn(inputs) {
  return [...new Set(inputs.map((path) => path.match(/node_modules\/((?:@[^/]+\/)?[^/]+)/)?.[1]).filter(Boolean))].sort();
}

function licences(packages) {
  rmSync(join(HERE, "LICENSES"), { recursive: true, force: true });
  mkdirSync(join(HERE, "LICENSES"));
  for (const name of packages) {
    const folder = join(HERE, "node_modules", name);
    const file = ["LICENSE.txt", "LICENSE", "LICENSE.md"].find((candidate) => {
      try {
        return readFileSync(join(folder, candidate));
      } catch {
        return false;
      }
    });
    if (!file) throw new Error(`${name} has no licence file: find its text and the reason before it is shipped`);
    copyFileSync(join(folder, file), join(HERE, "LICENSES", `${name}.txt`));
  }
}

// dash-generate-components wants package.json and a folder of the namespace's name side by side.
function python() {
  const desk = mkdtempSync(join(tmpdir(), "netview-"));
  mkdirSync(join(desk, NAMESPACE));
  writeFileSync(join(desk, NAMESPACE, "__init__.py"), "proptypes.js\n");
  copyFileSync(join(HERE, "package.json"), join(desk, "package.json"));
  mkdirSync(join(desk, "component"));
  copyFileSync(join(HERE, "src/component/NetView.js"), join(desk, "component/NetView.js"));
  execFileSync("ln", ["-s", join(HERE, "node_modules"), join(desk, "node_modules")]);
  execFileSync("dash-generate-components", ["component", NAMESPACE, "-p", "package-info.json"], { cwd: desk, stdio: "inherit" });
  copyFileSync(join(desk, NAMESPACE, "metadata.json"), join(HERE, "metadata.json"));
  // the generator's class is not written for mypy --strict, and nobody edits it
  writeFileSync(join(HERE, "NetView.py"), `# mypy: ignore-errors\n${readFileSync(join(desk, NAMESPACE, "NetView.py"), "utf8")}`);
  rmSync(desk, { recursive: true });
}

const { code, inputs } = await bundle();
if (process.argv.includes("--check")) {
  if (readFileSync(BUNDLE, "utf8") !== code) {
    console.error("netview.min.js differs from src/: run npm run build and commit the result");
    process.exit(1);
  }
} else {
  writeFileSync(BUNDLE, code);
  licences(packagesIn(inputs));
  python();
  console.log(`${BUNDLE}: ${code.length} characters, with ${packagesIn(inputs).join(", ")}`);
}
