declare const AI_DEPS_VERSION: string | undefined;

/** Version of the tool: set by the build, `0.0.0` when run from source. */
export const VERSION: string = typeof AI_DEPS_VERSION === 'string' ? AI_DEPS_VERSION : '0.0.0';
