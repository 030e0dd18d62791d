// Makes the program write down what it loads, for startup.test.ts.
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
