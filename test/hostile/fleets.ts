import { LOCK_FILE } from '../../src/model/project-record.ts';
import { type Attack, type Corpus, PROJECT } from './attack.ts';

const CHECK = ['fleet', 'check', 'services.txt'];
const UPDATE = ['fleet', 'update', 'services.txt'];
const MERGE = ['fleet', 'check', '--merge', 'report.json'];

const list = (text: string) => ({ 'services.txt': text });
const json = (content: string | object): Attack => ({
  files: { 'services.json': content },
  argv: ['fleet', 'check', 'services.json'],
});
const finding = { rule: 'edited-file', path: 'LICENSE', message: 'LICENSE was edited', hint: 'undo the edit' };
const drifted = { service: 'orders', exitCode: 6, result: 'drift', findings: [finding], problems: [] };
const report = (service: object, more: object = {}) => ({
  'report.json': {
    ...{ ok: false, exitCode: 6, action: 'check', createApi: '1.0.0', date: '2026-11-27', dryRun: false, shard: null },
    services: [{ ...drifted, ...service }],
    ...more,
  },
});
const NO_REPORT = [2, 'it is not what fleet prints with --json'] as const;

const ATTACKS: Readonly<Record<string, Attack>> = {
  // Lists.
  'a list that is a link to a device without end': {
    link: ['services.txt', '/dev/zero'],
    refused: [2, 'services.txt'],
  },
  'a list that is a named pipe': { pipe: 'services.txt', refused: [2, 'it is not a file'] },
  'a list that is too large': { files: list('x\n'.repeat(600_000)), refused: [2, 'services.txt'] },
  'a list of bytes': { files: { 'services.txt': new Uint8Array([0xff, 0xfe, 0x00]) }, refused: [2, 'services.txt'] },
  'NUL in a path': { files: list('orders\0--yes\n'), refused: [2, 'is not a path'] },
  'a path of a megabyte': { files: list('x'.repeat(900_000)), refused: [2, 'is not a path'] },
  'an object instead of an array': { ...json({ length: 1, 0: 'orders' }), refused: [2, 'not a JSON array of paths'] },
  'a prototype instead of an array': { ...json('{"__proto__":["x"]}'), refused: [2, 'not a JSON array of paths'] },
  'an array in an array': { ...json([['--yes']]), refused: [2, 'not a JSON array of paths'] },
  'arrays of great depth': {
    ...json('['.repeat(100_000) + ']'.repeat(100_000)),
    refused: [2, 'services.json'],
  },
  'half a character': { ...json('["\\ud800"]'), refused: [2, 'is not a path'] },
  'a name with codes for the terminal': { files: list('\x1b[2J\x1b]0;owned\x07\n'), refused: [2, 'there is no such'] },
  'a name that is written from right to left': { files: list('\u202eslatot\n'), refused: [2, 'there is no such'] },
  'a name that looks like a flag': { files: list('--upload-pack=touch x\n'), refused: [2, 'there is no such'] },
  'a command instead of a name': {
    files: list('$(touch x)\n`touch y`\n; touch z\n'),
    refused: [2, 'there is no such'],
  },
  'a folder elsewhere': { files: list('{outside}\n../../outside\n'), refused: [2, 'is not a project'] },
  'a service that is a device': { files: list('/dev/zero\n'), refused: [2, 'it is not a folder'] },
  'a service that is a link to a folder elsewhere': {
    files: list('orders\n'),
    link: ['orders', '{outside}'],
    refused: [2, 'is not a project'],
  },
  'a loop of links': { files: list('loop\n'), link: ['loop', 'loop'], refused: [2, 'loop'] },
  'a lock that is a folder elsewhere': {
    files: list('orders\n'),
    link: [`orders/${LOCK_FILE.split('/')[0]}`, '{outside}'],
    refused: [2, 'is not a project'],
  },
  // What git is told.
  'an option as the name of a branch': {
    files: list('orders\n'),
    argv: [...UPDATE, '--branch=--exec=touch x'],
    refused: [2, 'git takes no branch called'],
  },
  'a path as the name of a branch': {
    files: list('orders\n'),
    argv: [...UPDATE, '--branch', '../../hooks/post-checkout'],
    refused: [2, 'git takes no branch called'],
  },
  'a line end in the name of a branch': {
    files: list('orders\n'),
    argv: [...UPDATE, '--branch', 'a\nb'],
    refused: [2, 'git takes no branch called'],
  },
  'an option as the start of a branch': {
    files: list('orders\n'),
    argv: [...UPDATE, '--from=--output=x'],
    refused: [2, '--from cannot be'],
  },
  'a folder elsewhere, to be updated': { files: list('{outside}\n'), argv: UPDATE, refused: [2, 'is not a project'] },
  // Reports of other runs.
  'a report that is a link to a device without end': {
    link: ['report.json', '/dev/zero'],
    argv: MERGE,
    refused: [2, 'report.json'],
  },
  'a report that is a named pipe': { pipe: 'report.json', argv: MERGE, refused: [2, 'it is not a file'] },
  'a report of great depth': {
    files: { 'report.json': '['.repeat(100_000) },
    argv: MERGE,
    refused: [2, 'report.json'],
  },
  'a prototype in a report': {
    files: { 'report.json': JSON.stringify(report({})['report.json']).replace('{', '{"__proto__":{"polluted":1},') },
    argv: MERGE,
    refused: [6, 'orders'],
  },
  'an exit code that there is not': { files: report({ exitCode: 256 }), argv: MERGE, refused: NO_REPORT },
  'a shard out of a billion': {
    files: report({}, { shard: { index: 1, of: 1e9 } }),
    argv: MERGE,
    refused: NO_REPORT,
  },
  'a script in the name of a service': {
    files: report({ service: '<script>alert(1)</script>' }),
    argv: [...MERGE, '--html'],
    refused: [6, '&lt;script&gt;alert(1)'],
  },
  'a script in a finding': {
    files: report({ findings: [{ ...finding, message: '"><img src=x onerror=alert(1)>' }] }),
    argv: [...MERGE, '--html'],
    refused: [6, '&gt;&lt;img src=x onerror'],
  },
  'codes for the terminal in a finding': {
    files: report({ findings: [{ ...finding, message: '\x1b[2J\x1b]0;owned\x07' }] }),
    argv: MERGE,
    refused: [6, 'orders'],
  },
  'a line end in the name of a service': { files: report({ service: 'a\nok' }), argv: MERGE, refused: [6, 'drift'] },
};

/** Lists of services, and reports about them, which others wrote; and words of a workflow that reach git. */
export const FLEETS: Corpus = { title: 'fleets', folder: PROJECT, argv: CHECK, attacks: ATTACKS };
