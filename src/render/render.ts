import type { FileSet } from '../model/files.ts';
import type { Plan } from '../model/plan.ts';
import type { Templates } from '../model/templates.ts';
import { renderLock } from './cargo-lock.ts';
import { contextOf } from './context.ts';

/** Renders every file of the plan. Throws where a template reads what is not there: that is a defect of the pack. */
export function render(plan: Plan, templates: Templates): FileSet {
  const context = contextOf(plan);
  const text = (key: string, values: object): string => {
    const template = templates[key];
    if (template === undefined) throw new Error(`the pack has no template ${key}`);
    if (typeof template === 'string') return template;
    try {
      return template(values);
    } catch (error) {
      throw new Error(`${key}: ${(error as Error).message}`, { cause: error });
    }
  };
  const slots = Object.fromEntries(
    Object.entries(plan.slots).map(([slot, keys]) => [slot, keys.map((key) => text(key, context).replace(/\n+$/, ''))]),
  );
  const files = plan.files.map((file) => ({
    path: file.path,
    text: text(file.template, { ...context, slots }),
    executable: file.executable,
  }));
  if (plan.lock !== null) files.push({ path: 'Cargo.lock', text: lock(plan, plan.lock, text), executable: false });
  return files.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function lock(plan: Plan, key: string, text: (key: string, values: object) => string): string {
  const ids = plan.parts.map((part) => part.id);
  return renderLock(text(`${key}.lock`, {}), JSON.parse(text(`${key}.json`, {})), plan.answers.name, ids);
}
