/** Reads from an OpenAPI document what it says about operations, however it says it. */

export type Json = Readonly<Record<string, unknown>>;

export interface Document {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly tags?: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Json>>;
  readonly components?: Json;
}

/** What a document says about a response. */
export interface Response {
  /** The media type of its body, if it has one. */
  readonly type?: string;
  /** What its body has to be, as `schemaOf` returns it. */
  readonly schema?: Json;
  /** The same of each header, by name in lower case. */
  readonly headers: Readonly<Record<string, Json>>;
}

/** What a document says about an operation; `*` marks what is required. */
export interface Operation {
  /** Such as `query page: integer 1..10 = 1`. */
  readonly parameters: readonly string[];
  /** The fields of the JSON body, such as `email* name*, no others`; `none` without a body. */
  readonly body: string;
  /** The credentials that it requires, such as `http bearer`. */
  readonly security: readonly string[];
  readonly responses: Readonly<Record<string, Response>>;
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** The operations of a document by method and path, such as `GET /health`, as the document has them. */
export function rawOperations({ paths }: Document): Readonly<Record<string, Json>> {
  const operations = Object.entries(paths).flatMap(([path, { parameters, ...item }]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => {
        const own = operation as Json;
        const all = [...list(parameters), ...list(own['parameters'])];
        return [`${method.toUpperCase()} ${path}`, { ...own, parameters: all }] as const;
      }),
  );
  return Object.fromEntries(operations);
}

/** What the document says about each operation. */
export function operationsOf(document: Document): Readonly<Record<string, Operation>> {
  const operations = Object.entries(rawOperations(document)).map(([name, operation]) => {
    const { parameters, requestBody, security, responses } = operation;
    const described: Operation = {
      parameters: list(parameters).map((parameter) => parameterOf(document, parameter)),
      body: bodyOf(document, requestBody),
      security: list(security).flatMap((requirement) => Object.keys(requirement).map((key) => schemeOf(document, key))),
      responses: Object.fromEntries(
        Object.entries(object(responses)).map(([status, response]) => [status, responseOf(document, response)]),
      ),
    };
    return [name, described] as const;
  });
  return Object.fromEntries(operations);
}

/** The schema of the JSON body of an operation, which refers to the components of the document. */
export function bodySchemaOf(document: Document, name: string): Json {
  const operation = rawOperations(document)[name];
  if (operation === undefined) throw new Error(`the document does not have ${name}`);
  return object(contentOf(resolve(document, operation['requestBody']))[1]['schema']);
}

/** The pattern of a field of the JSON body of an operation. */
export function patternOf(document: Document, operation: string, field: string): string {
  const { properties } = resolve(document, bodySchemaOf(document, operation));
  const { pattern } = resolve(document, object(properties)[field]);
  if (typeof pattern !== 'string') throw new Error(`${field} does not have a pattern`);
  return pattern;
}

function parameterOf(document: Document, value: unknown): string {
  const { in: place, name, required, schema } = resolve(document, value);
  const { type, format, minimum, maximum, default: initial } = resolve(document, schema);
  // Integers have the format of the code's type, which says less than the limits.
  const kind = type === 'integer' || format === undefined ? type : format;
  const limits = minimum === undefined && maximum === undefined ? '' : ` ${minimum ?? ''}..${maximum ?? ''}`;
  return `${place} ${name}${required === true ? '*' : ''}: ${kind}${limits}${initial === undefined ? '' : ` = ${initial}`}`;
}

function bodyOf(document: Document, value: unknown): string {
  if (value === undefined) return 'none';
  const body = resolve(document, value);
  const [type, { schema }] = contentOf(body);
  const isClosed = resolve(document, schema)['additionalProperties'] === false;
  return `${type}${body['required'] === true ? '*' : ''}: ${fieldsOf(document, schema)}${isClosed ? ', no others' : ''}`;
}

function responseOf(document: Document, value: unknown): Response {
  const response = resolve(document, value);
  const headers = Object.entries(object(response['headers'])).map(([name, header]) => {
    const { schema } = resolve(document, header);
    return [name.toLowerCase(), schemaOf(document, schema)] as const;
  });
  const described = { headers: Object.fromEntries(headers) };
  if (Object.keys(object(response['content'])).length === 0) return described;
  const [type, { schema }] = contentOf(response);
  return { ...described, type, schema: schemaOf(document, schema) };
}

/** Keywords that do not change which values a schema accepts; `propertyNames` are always strings. */
const ANNOTATIONS = ['title', 'description', 'example', 'examples', 'deprecated', 'propertyNames', 'default'];

/**
 * The names of the members that an object always has. Those that may be null are left out, since poem-openapi cannot
 * describe that a member is there but null; another row checks that it is.
 */
export function requiredOf(properties: Json, required: readonly string[]): readonly string[] {
  const mayBeNull = (name: string) => [object(properties[name])['type']].flat().includes('null');
  return required.filter((name) => !mayBeNull(name)).sort();
}

/** A schema without references, `allOf` and annotations, the same for any order and version of OpenAPI. */
function schemaOf(document: Document, value: unknown): Json {
  const choices = list(resolve(document, value)['oneOf']);
  const others = choices.filter(({ type }) => type !== 'null');
  if (others.length < choices.length) return orNull(schemaOf(document, others[0]));
  const parts = partsOf(document, value).map(({ allOf, ...part }) => part);
  const properties = Object.assign({}, ...parts.map((part) => part['properties'])) as Json;
  const required = parts.flatMap((part) => (part['required'] ?? []) as string[]);
  const merged = Object.assign({}, ...parts) as Json;
  const rules = Object.entries(merged).filter(([keyword]) => !ANNOTATIONS.includes(keyword));
  const { type, format, nullable, items, additionalProperties, ...rest } = Object.fromEntries(rules);
  const types = [type].flat();
  const [kind] = types.filter((name) => name !== 'null');
  const nested = (schemas: Json) =>
    Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schemaOf(document, schema)]));
  const members = nested(properties);
  const described = {
    ...rest,
    ...(kind === undefined ? {} : { type: kind }),
    // Integers have the format of the code's type, which says less than the limits.
    ...(kind === 'integer' && /^u-?int/.test(String(format)) ? { minimum: rest['minimum'] ?? 0 } : {}),
    ...(kind !== 'integer' && format !== undefined && format !== 'decimal' ? { format } : {}),
    ...(items === undefined ? {} : { items: schemaOf(document, items) }),
    ...(Object.keys(members).length === 0 ? {} : { properties: members, required: requiredOf(members, required) }),
    ...(typeof additionalProperties === 'object' ? nested({ additionalProperties }) : {}),
    ...(typeof additionalProperties === 'boolean' ? { additionalProperties } : {}),
  };
  return nullable === true || types.includes('null') ? orNull(described) : described;
}

/** The schema of the same values and null; one that accepts everything stays as it is. */
export function orNull(schema: Json): Json {
  return 'type' in schema ? { ...schema, type: [schema['type'], 'null'] } : schema;
}

/** The only media type of a body, and what the document says about it. */
function contentOf(body: Json): readonly [string, Json] {
  const [content, ...others] = Object.entries(object(body['content']));
  if (content === undefined || others.length > 0) throw new Error('a body does not have one media type');
  return [content[0].replace(/;.*/, ''), object(content[1])];
}

/** The fields of an object in order, those of all its parts. */
function fieldsOf(document: Document, schema: unknown): string {
  const parts = partsOf(document, schema);
  const required = parts.flatMap((part) => (part['required'] ?? []) as string[]);
  const names = new Set(parts.flatMap((part) => Object.keys(object(part['properties']))));
  return [...names]
    .sort()
    .map((name) => (required.includes(name) ? `${name}*` : name))
    .join(' ');
}

function partsOf(document: Document, schema: unknown): readonly Json[] {
  const resolved = resolve(document, schema);
  return [resolved, ...list(resolved['allOf']).flatMap((part) => partsOf(document, part))];
}

function schemeOf(document: Document, key: string): string {
  const schemes = object(object(document.components)['securitySchemes']);
  const { type, scheme, in: place, name } = object(schemes[key]);
  return type === 'http' ? `http ${scheme}` : `${place} ${name}`;
}

/** Follows a reference; throws if it leads nowhere. */
function resolve(document: Document, value: unknown): Json {
  const reference = object(value)['$ref'];
  if (typeof reference !== 'string') return object(value);
  const target = reference
    .split('/')
    .slice(1)
    .reduce<unknown>((found, key) => object(found)[key], document);
  if (target === undefined) throw new Error(`${reference} leads nowhere`);
  return resolve(document, target);
}

const object = (value: unknown): Json => (value ?? {}) as Json;
const list = (value: unknown): readonly Json[] => (value ?? []) as readonly Json[];
