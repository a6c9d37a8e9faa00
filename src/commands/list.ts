import { loadCatalog } from '../catalog/builtin.ts';
import type { Axis } from '../model/axes.ts';
import type { Catalog } from '../model/catalog.ts';
import { EXIT, ExpectedError } from '../model/errors.ts';
import { LIST_OPTIONS } from '../options/command-options.ts';
import { FIELD_TYPES } from '../options/field-types.ts';
import { readFlags } from '../options/flags.ts';
import { axisOptions, createOptions, defaultIds, type Option, PACKS, RESOURCES } from '../options/schema.ts';
import { incompatibilityReason, isApplicable, supportedCombinations } from '../plan/compatibility.ts';
import { combinationsText, optionsText } from '../ui/list-text.ts';
import type { Command } from './context.ts';
import { refuseOperands } from './operands.ts';

/** `create-api list`: lists every option with its defaults and incompatibilities, or every supported combination. */
export const list: Command = async (context) => {
  const { argv, pack, terminal, program, cwd } = context;
  const raw = await readFlags(LIST_OPTIONS, argv);
  const problems = [...raw.problems, ...refuseOperands('list', raw.operands)];
  if (problems.length > 0) throw new ExpectedError(EXIT.usage, problems);
  const sources = raw.values[PACKS.key] ?? [];
  const catalog =
    sources.length === 0
      ? loadCatalog(pack)
      : (
          await (
            await import('./packs/open-packs.ts')
          ).loadOptionsWith(
            sources.map((source) => ({ source, base: cwd })),
            context,
          )
        ).catalog;
  if (raw.switches['combinations']) {
    const combinations = supportedCombinations(catalog);
    return {
      exitCode: EXIT.done,
      text: combinationsText(combinations, axisOptions(catalog), terminal.out),
      json: combinations,
    };
  }
  const text = optionsText(axisOptions(catalog), RESOURCES, program, terminal);
  return {
    exitCode: EXIT.done,
    text,
    json: { options: createOptions(catalog).map((option) => optionJson(option, catalog)) },
  };
};

function optionJson(option: Option, catalog: Catalog): object {
  const { key, flag, kind, help } = option;
  if (option.kind === 'text' || option.kind === 'file' || option.kind === 'pack') return { key, flag, kind, help };
  if (option.kind === 'resource') return { key, flag, kind, help, types: FIELD_TYPES };
  if (option.kind === 'switch') return { key, flag, kind, help, short: option.short ?? null, default: option.default };
  const axis = catalog.axes.find(({ id }) => id === key);
  return {
    key,
    flag,
    kind,
    help,
    label: option.label,
    default: option.kind === 'list' ? defaultIds(option) : (defaultIds(option)[0] ?? null),
    choices: option.choices.map((choice) => ({ ...choice, ...(axis && against(axis, choice.id, catalog)) })),
  };
}

/** What a choice is incompatible with: other choices, each with the reason, and axes that do not apply. */
function against(axis: Axis, id: string, catalog: Catalog): object {
  const chosen = { [axis.id]: axis.multiple ? [id] : id };
  const others = catalog.axes.filter((other) => other !== axis).map((other) => other.id);
  const excludesAxes = others.filter((other) => !isApplicable(chosen, other, catalog));
  const unsupported = others
    .filter((other) => !excludesAxes.includes(other))
    .flatMap((other) =>
      catalog.parts[other].flatMap((part) => {
        const reason = incompatibilityReason(chosen, other, part.id, catalog);
        return reason === null ? [] : [{ key: other, id: part.id, reason }];
      }),
    );
  return { excludesAxes, unsupported };
}
