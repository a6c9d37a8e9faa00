import type { ProjectNames } from '../model/templates.ts';
import { snake } from '../model/words.ts';

/** The longest label of DNS, RFC 1123. */
const MAX_LABEL = 63;
/** The longest suffix that Kubernetes or a template appends: a pod's `-<ReplicaSet hash>-<random>`. */
const LONGEST_SUFFIX = '-0123456789-abcde'.length;
const HASH_LENGTH = 7;

/** Derives every form of a project's name from its valid Cargo package name. */
export function projectNames(name: string): ProjectNames {
  return { name, crate: snake(name), image: name, compose: name, kubernetes: dnsLabel(name) };
}

/**
 * Turns a Cargo package name into a DNS label (RFC 1035) that leaves room for Kubernetes' own suffixes.
 * A name that is too long ends in a hash, so that two services with the same beginning stay apart.
 */
function dnsLabel(name: string): string {
  const label = name.replaceAll('_', '-');
  const length = MAX_LABEL - LONGEST_SUFFIX;
  if (label.length <= length) return label;
  const hash = fnv1a(name).toString(36).padStart(HASH_LENGTH, '0');
  return `${label.slice(0, length - HASH_LENGTH - 1).replace(/-+$/, '')}-${hash}`;
}

/** A 32-bit hash. http://www.isthe.com/chongo/tech/comp/fnv/ */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return hash >>> 0;
}
