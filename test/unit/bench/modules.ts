/** Imports a module of `bench/`, which is JavaScript without types. */
export async function benchModule(file: string) {
  return import(new URL(`../../../bench/${file}`, import.meta.url).href);
}
