// Generated from the folders beside this file by `npm run index`. Do not edit.
import type { Detector } from '../plugin.ts';
import configDotenv from './config/dotenv.ts';
import configFly from './config/fly.ts';
import configJson from './config/json.ts';
import configMcp from './config/mcp.ts';
import configPortkey from './config/portkey.ts';
import configRender from './config/render.ts';
import configTsconfig from './config/tsconfig.ts';
import configVercel from './config/vercel.ts';
import configWrangler from './config/wrangler/index.ts';
import configYaml from './config/yaml/index.ts';
import infraArm from './infra/arm.ts';
import infraBicep from './infra/bicep.ts';
import infraCompose from './infra/compose.ts';
import infraDockerfile from './infra/dockerfile/index.ts';
import infraPacker from './infra/packer.ts';
import infraTerraform from './infra/terraform.ts';
import manifestConda from './manifest/conda.ts';
import manifestNpm from './manifest/npm.ts';
import manifestNpmLock from './manifest/npm-lock.ts';
import manifestPipfile from './manifest/pipfile.ts';
import manifestPnpmLock from './manifest/pnpm-lock.ts';
import manifestPnpmWorkspace from './manifest/pnpm-workspace.ts';
import manifestPyproject from './manifest/pyproject.ts';
import manifestPythonLock from './manifest/python-lock.ts';
import manifestRequirements from './manifest/requirements.ts';
import manifestSetupCfg from './manifest/setup-cfg.ts';
import manifestSetupPy from './manifest/setup-py.ts';
import manifestYarnLock from './manifest/yarn-lock.ts';
import sourcePython from './source/python/index.ts';
import sourceSql from './source/sql.ts';
import sourceTypescript from './source/typescript/index.ts';

/** Every built-in detector. Each loads its parser at its first file. */
export const detectors: readonly Detector[] = [
  configDotenv,
  configFly,
  configJson,
  configMcp,
  configPortkey,
  configRender,
  configTsconfig,
  configVercel,
  configWrangler,
  configYaml,
  infraArm,
  infraBicep,
  infraCompose,
  infraDockerfile,
  infraPacker,
  infraTerraform,
  manifestConda,
  manifestNpmLock,
  manifestNpm,
  manifestPipfile,
  manifestPnpmLock,
  manifestPnpmWorkspace,
  manifestPyproject,
  manifestPythonLock,
  manifestRequirements,
  manifestSetupCfg,
  manifestSetupPy,
  manifestYarnLock,
  sourcePython,
  sourceSql,
  sourceTypescript,
];
