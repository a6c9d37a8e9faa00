import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { buildOnce, outputOf, sizeOf } from './build-once.mjs';

/**
 * Spring Boot with virtual threads, unpacked and with an AOT cache, as its guide to efficient deployments recommends.
 */
export const springBoot = { id: 'spring-boot', label: 'Java, Spring Boot', build };

const LEAST_VERSION = 25;
// For each work: the JVM compiles what is called often, and again once it is called more.
const WARM_UP_SECONDS = 5;
const INSTALLED = '/usr/lib/jvm';

// All that a service may need of Java, and no development tools.
const MODULES = ['java.se', 'jdk.crypto.ec', 'jdk.management', 'jdk.naming.dns', 'jdk.unsupported', 'jdk.zipfs'];
const JLINK = ['--strip-debug', '--no-man-pages', '--no-header-files', '--generate-cds-archive', '--output', 'runtime'];

function build() {
  const home = javaHome();
  const version = outputOf(path.join(home, 'bin/java'), ['--version']).split('\n', 1)[0];
  const { folder, digest } = buildOnce('spring-boot', version, (run) => {
    run('mvn', ['--quiet', '--batch-mode', 'package'], { JAVA_HOME: home });
    run(path.join(home, 'bin/jlink'), ['--add-modules', MODULES.join(','), ...JLINK]);
    run('runtime/bin/java', ['-Djarmode=tools', '-jar', 'target/service.jar', 'extract', '--destination', 'app']);
    // The training run ends before it connects.
    const training = [
      '-XX:AOTCacheOutput=app/service.aot',
      '-Dspring.context.exit=onRefresh',
      '-jar',
      'app/service.jar',
    ];
    run('runtime/bin/java', training, { PORT: '0', ...env('postgres://u:p@127.0.0.1:1/none', 1) });
  });
  return {
    digest,
    versions: { java: version },
    program: {
      binary: path.join(folder, 'runtime/bin/java'),
      args: ['-XX:AOTCache=app/service.aot', '-jar', 'app/service.jar'],
      cwd: folder,
    },
    env,
    warmUpSeconds: WARM_UP_SECONDS,
    size: { service: sizeOf([path.join(folder, 'app')]), runtime: sizeOf([path.join(folder, 'runtime')]) },
  };
}

function env(url, connections) {
  const { host, pathname, username, password } = new URL(url);
  return {
    SPRING_DATASOURCE_URL: `jdbc:postgresql://${host}${pathname}`,
    SPRING_DATASOURCE_USERNAME: username,
    SPRING_DATASOURCE_PASSWORD: password,
    DATABASE_MAX_CONNECTIONS: String(connections),
  };
}

/** `JAVA_HOME`, or else the newest JDK in Debian's folder. */
function javaHome() {
  const installed = existsSync(INSTALLED) ? readdirSync(INSTALLED).map((name) => path.join(INSTALLED, name)) : [];
  const given = process.env.JAVA_HOME ? [process.env.JAVA_HOME] : installed;
  const homes = given.filter((home) => existsSync(path.join(home, 'bin/jlink')));
  const newest = homes.map((home) => [majorOf(home), home]).sort(([a], [b]) => b - a)[0];
  if (newest === undefined || newest[0] < LEAST_VERSION) {
    throw new Error(`Spring Boot needs a JDK of version ${LEAST_VERSION} or later; set JAVA_HOME to its folder`);
  }
  return newest[1];
}

function majorOf(home) {
  return Number(/(\d+)/.exec(outputOf(path.join(home, 'bin/javac'), ['-version']))[1]);
}
