import type { Answers } from '../../src/model/answers.ts';
import type { Resource } from '../../src/model/resource.ts';
import { parseResource } from '../../src/model/resource-syntax.ts';

/** What a project needs first after its users. With authentication, a user owns a payment. */
export function paymentOf(auth: string): Resource {
  const user = auth === 'none' ? 'ref(user)' : 'ref(user):owner';
  return parsed(
    `payment amount_cents:i64:min=1 currency:string(3) description:text? status:enum(pending|paid|failed) user:${user}`,
  );
}

/** The payment as it was before it was changed: each difference is one that rows allow. */
export function earlierPaymentOf(auth: string): Resource {
  const user = auth === 'none' ? 'ref(user)' : 'ref(user):owner';
  return parsed(
    `payment amount_cents:i64:min=5 currency:string(2) gone:bool:index status:enum(pending|paid) code:string(8):unique user:${user}`,
  );
}

/** A resource with fields of every kind with every modifier, required and optional. */
export const SPECIMEN = parsed(
  `specimen/specimens
    title:string(60):unique code:string(8)?:unique body:text note:text? contact:email?
    active:bool flag:bool? small:i32 small2:i32?:unique big:i64:index big2:i64? ratio:f64
    price:decimal(12,4):index price2:decimal(28,10)?:unique token:uuid:unique token2:uuid?:index
    day:date:index day2:date? moment:timestamp:unique moment2:timestamp?:index data:json data2:json?
    form:enum(small|large|self_made):index kind2:enum(a|b)?
    payment:ref(payment):cascade author:ref(user) reviewer:ref(user)? parent:ref(specimen)?:unique mother:ref(specimen)?`,
);

export const BUILD_RESOURCES: readonly Resource[] = [paymentOf('none'), SPECIMEN];

/** The specimen as it was before it was changed: columns, indexes and keys were added and dropped since, and others loosened. */
const EARLIER_SPECIMEN = parsed(
  `specimen/specimens
    title:string(50) code:string(8):unique body:text contact:email:unique gone:string(5):unique gone2:enum(x|y):index
    active:bool:index flag:bool small:i32:unique big:i64 big2:i64:index ratio:f64 gone3:ref(user)
    price:decimal(12,4) token:uuid token2:uuid:unique gone4:ref(payment)?:unique
    day:date:unique day2:date moment:timestamp:index data:json data2:json gone5:json
    form:enum(small|large) kind2:enum(a|b):index
    payment:ref(payment):cascade:unique author:ref(user):unique reviewer:ref(user) mother:ref(specimen)?:unique`,
);

/** The same resources as `BUILD_RESOURCES`, with a history that has every change. */
const EVERY_CHANGE: readonly Resource[] = [earlierPaymentOf('none'), EARLIER_SPECIMEN, ...BUILD_RESOURCES];

/** The same with changes that are possible on every database and layer, whatever a table was created with. */
const CHANGES_EVERYWHERE: readonly Resource[] = [
  parsed(
    'payment amount_cents:i64:min=5 currency:string(2) gone:bool:index status:enum(pending|paid|failed) user:ref(user)',
  ),
  parsed(
    `specimen/specimens
      title:string(50) code:string(8) body:text contact:email gone:string(5) gone2:json
      active:bool:index flag:bool small:i32 big:i64 big2:i64:index ratio:f64
      price:decimal(12,4) token:uuid token2:uuid day:date day2:date moment:timestamp:index data:json data2:json
      form:enum(small|large|self_made)
      payment:ref(payment):cascade author:ref(user) reviewer:ref(user)? mother:ref(specimen)?`,
  ),
  ...BUILD_RESOURCES,
];

/** Resources with a history for a project of these parts. */
export function changedResourcesFor({ dbLayer, database }: Pick<Answers, 'dbLayer' | 'database'>): readonly Resource[] {
  const isLimited = database === 'mysql' || (dbLayer === 'sea-orm' && database === 'sqlite');
  return isLimited ? CHANGES_EVERYWHERE : EVERY_CHANGE;
}

/** The resource that a text describes; throws if it is wrong. */
export function parsed(text: string): Resource {
  const { resource, problems } = parseResource(text);
  if (resource === null) throw new Error(problems.map(({ message }) => message).join('\n'));
  return resource;
}
