// Generated from the folders beside this file by `npm run index`. Do not edit.
import type { Detector } from '../plugin.ts';
import configDotenv from './config/dotenv.ts';
import configTsconfig from './config/tsconfig.ts';
import infraCompose from './infra/compose.ts';
import infraTerraform from './infra/terraform.ts';
import manifestNpmLock from './manifest/npm-lock.ts';
import manifestNpm from './manifest/npm.ts';
import manifestPnpmLock from './manifest/pnpm-lock.ts';
import manifestPnpmWorkspace from './manifest/pnpm-workspace.ts';
import manifestYarnLock from './manifest/yarn-lock.ts';
import sourceTypescript from './source/typescript/index.ts';

/** Every built-in detector. Each loads its parser at its first file. */
export const detectors: readonly Detector[] = [
  configDotenv,
  configTsconfig,
  infraCompose,
  infraTerraform,
  manifestNpmLock,
  manifestNpm,
  manifestPnpmLock,
  manifestPnpmWorkspace,
  manifestYarnLock,
  sourceTypescript,
];
