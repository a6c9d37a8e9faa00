/** Environment variables, as in `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Variables that git sets for a hook or an alias; with them the commit would go to that other repository.
 * From `git rev-parse --local-env-vars`, without those that pass settings.
 */
const REPOSITORY_VARIABLES = new Set([
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_GRAFT_FILE',
  'GIT_IMPLICIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_NAMESPACE',
  'GIT_NO_REPLACE_OBJECTS',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_REPLACE_REF_BASE',
  'GIT_SHALLOW_FILE',
  'GIT_WORK_TREE',
]);

/** The environment for Cargo and git: no prompts, messages in English, and Cargo's progress bar if `isLive`. */
export function quietEnvironment(env: Environment, isLive: boolean): Environment {
  const kept = Object.entries(env).filter(([name]) => !REPOSITORY_VARIABLES.has(name));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    CARGO_TERM_COLOR: 'never',
    ...(isLive && { CARGO_TERM_PROGRESS_WHEN: 'always', CARGO_TERM_PROGRESS_WIDTH: '60' }),
  };
}
