import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A package in one version. */
export interface PublishedPackage {
  readonly name: string;
  readonly version: string;
  readonly tarball: Uint8Array;
  /** Scripts of its package.json. */
  readonly scripts?: Readonly<Record<string, string>>;
}

/** Starts a registry of npm on the loopback interface for one test; resolves to what npm finds it by. */
export async function startRegistry(packages: readonly PublishedPackage[], cache: string): Promise<NodeJS.ProcessEnv> {
  const server = createServer(({ url = '', headers }, response) => {
    const [, found] = /^\/tarballs\/(\d+)$/.exec(url) ?? [];
    if (found !== undefined) return response.end(packages[Number(found)]?.tarball);
    const name = decodeURIComponent(url.slice(1));
    const own = packages.flatMap((each, index) => (each.name === name ? [{ ...each, index }] : []));
    if (own.length === 0) return response.writeHead(404).end('{}');
    const versions = own.map(({ version, tarball, scripts, index }) => ({
      ...{ name, version, scripts },
      dist: {
        tarball: `http://${headers.host}/tarballs/${index}`,
        integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
      },
    }));
    response.setHeader('content-type', 'application/json');
    return response.end(
      JSON.stringify({ name, versions: Object.fromEntries(versions.map((each) => [each.version, each])) }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return npmEnvironment(`http://127.0.0.1:${port}/`, cache);
}

/** The environment of npm with nothing but this registry, and a cache of its own. */
export function npmEnvironment(registry: string, cache: string): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(?:npm_|.*_proxy$)/i.test(name));
  return {
    ...Object.fromEntries(kept),
    npm_config_registry: registry,
    npm_config_cache: cache,
    npm_config_userconfig: `${cache}/none`,
    npm_config_globalconfig: `${cache}/no-other`,
  };
}
