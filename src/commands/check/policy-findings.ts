import { matcherOf } from '../../model/path-pattern.ts';
import { waiverOf } from '../../model/policy.ts';
import { LOCK_FILE } from '../../model/project-record.ts';
import { isBroken, type Violation, violationsOf } from '../../options/policy.ts';
import { readState } from '../../project/file-state.ts';
import type { Project } from '../change/open-project.ts';
import type { CreateOptions } from '../create/create-options.ts';
import { versionsIn } from '../policy/enforce.ts';
import type { Finding } from './find-drift.ts';

const CARGO_LOCK = 'Cargo.lock';

/** Finds the rules of policies that a project breaks, with those that are waived. Reads its files, and writes nothing. */
export function findViolations(project: Project, options: CreateOptions): readonly Finding[] {
  const { lock, root } = project;
  const { enforced, axes } = options;
  if (enforced.policies.length === 0) return [];
  const state = readState(root, CARGO_LOCK);
  const judged = {
    chosen: lock.answers,
    createApi: lock.standard.version,
    crates: versionsIn(state === undefined || state.mode === 'link' ? '' : new TextDecoder().decode(state.bytes)),
  };
  const ofAnswers = violationsOf(judged, axes, enforced).map((violation) =>
    findingOf(violation, violation.rule.startsWith('minVersions.crates.') ? CARGO_LOCK : LOCK_FILE),
  );
  return [...ofAnswers, ...editedFiles(project, options)];
}

/** The files that a policy manages and somebody edited or deleted. */
function editedFiles({ root, base, lock }: Project, { enforced }: CreateOptions): readonly Finding[] {
  const { policies, today } = enforced;
  return policies.flatMap(({ policy, source, shown = source }) =>
    policy.managed.flatMap((pattern) => {
      const isManaged = matcherOf([pattern]);
      const files = [...base.values()].filter((file) => isManaged(file.path) && file.class !== 'seed');
      const edited = files.filter(({ path, text }) => {
        const state = readState(root, path);
        if (state === undefined) return true;
        return state.mode === 'link' || new TextDecoder().decode(state.bytes).replaceAll('\r\n', '\n') !== text;
      });
      const rule = `managed.${pattern}`;
      const waiver = waiverOf(policy, rule, lock.answers.name);
      const isExpired = waiver !== null && today > waiver.expires;
      return edited.map(({ path }) =>
        findingOf(
          {
            ...{ rule, by: shown },
            message:
              `${path} was edited or deleted, but it is the same in every project (rule ${rule} of ${shown})` +
              (isExpired ? `; its waiver (${waiver.reason}) expired on ${waiver.expires}` : ''),
            hint: `undo the edit; git log -- ${path} shows it`,
            waiver: waiver && { reason: waiver.reason, expires: waiver.expires, isExpired },
          },
          path,
        ),
      );
    }),
  );
}

function findingOf(violation: Violation, path: string): Finding {
  const { rule, by, message, hint, waiver } = violation;
  return {
    rule: 'policy',
    path,
    message,
    hint,
    policy: { rule, by },
    ...(waiver !== null && { waiver }),
    isWaived: !isBroken(violation),
  };
}
