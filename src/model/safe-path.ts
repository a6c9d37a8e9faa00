/** Whether a path, relative and with `/`, stays in the project's folder and can be written on every operating system. */
export function isSafePath(path: string): boolean {
  return !path.split('/').some(isUnsafe);
}

function isUnsafe(part: string): boolean {
  return (
    part === '' ||
    part === '.' ||
    part === '..' ||
    // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is refused
    /[\x00-\x1f<>:"\\|?*]|[. ]$/.test(part) ||
    /^(?:aux|con|nul|prn|com\d|lpt\d)(?:\.|$)/i.test(part) ||
    /^\.git$/i.test(part)
  );
}
