// docs/benchmarks.md and its charts, from the files of the runs.
import { buildSection } from './build.mjs';
import { paragraph } from './format.mjs';
import { peersSection } from './peers.mjs';
import { profileSection } from './profile.mjs';
import { serviceSection } from './service.mjs';

const SECTIONS = { peers: peersSection, service: serviceSection, profile: profileSection, build: buildSection };

/** The page as Markdown, and its charts by name; `runs` has the run of each benchmark that was run. */
export function benchmarksPage(runs) {
  const measured = Object.keys(SECTIONS).filter((name) => runs[name] !== undefined);
  const sections = measured.map((name) => SECTIONS[name](runs[name]));
  const charts = Object.assign({}, ...sections.map((section) => section.charts));
  const text = [
    '# Benchmarks',
    paragraph(`\`npm run bench\` measures all of this, and writes this page and its charts; it goes on where it was
      interrupted. Compare ratios, not times: these depend on the machine, and ratios are of measurements in the same
      round.`),
    'Runs:',
    runsList(measured.map((name) => runs[name])),
    'Versions:',
    versionsList(measured.map((name) => runs[name])),
    ...sections.map(({ markdown }) => markdown).filter(Boolean),
  ].join('\n\n');
  return { text: `${text}\n`, charts };
}

function runsList(runs) {
  const lines = runs.map(({ command, machine: { processor, cores, gigabytes, system } }) => {
    return `- \`${command}\`: ${processor}, ${cores} cores, ${gigabytes} GB, ${system}`;
  });
  return lines.join('\n');
}

function versionsList(runs) {
  const ofRun = ({ versions, measurements }) => [versions, ...measurements.map(({ values }) => values.versions ?? {})];
  const versions = Object.assign({}, ...runs.flatMap(ofRun));
  const lines = Object.entries(versions).filter(([, version]) => version !== null);
  return lines.map(([name, version]) => `- ${name}: ${shortened(version, name)}`).join('\n');
}

/** A version without the name of the program, and without the copyright that wrk adds. */
function shortened(version, name) {
  return version.replace(new RegExp(`^${name} (version )?`), '').replace(/ Copyright .*/, '');
}
