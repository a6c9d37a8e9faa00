// Renders openapi.json. Text from the description is inserted as text, never as markup.

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Creates an element with these attributes and children; empty children are left out. */
function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.flat().filter((child) => child != null && child !== ''));
  return made;
}

const code = (text) => element('code', {}, text);
const link = (to, ...children) => element('a', { href: to }, ...children);
const method = (name) => element('span', { class: `method ${name}` }, name);

const characters = (count) => (count === 1 ? '1 character' : `${count} characters`);

/** Renders text, with `text in backticks` as code. */
const prose = (text = '') => text.split('`').map((part, index) => (index % 2 === 1 ? code(part) : part));

/** Creates a table with a row for each entry: its name, then its details. */
function table(entries) {
  const rows = entries.map(([head, ...cells]) =>
    element('tr', {}, element('th', { scope: 'row' }, head), ...cells.map((cell) => element('td', {}, cell))),
  );
  return element('table', {}, element('tbody', {}, rows));
}

function show(api) {
  const resolve = (value) =>
    value.$ref == null
      ? value
      : value.$ref
          .slice('#/'.length)
          .split('/')
          .reduce((found, key) => found[key], api);

  const operations = Object.entries(api.paths).flatMap(([path, item]) =>
    METHODS.filter((name) => name in item).map((name) => ({
      name,
      path,
      id: `${name}-${path}`,
      ...item[name],
      parameters: [...(item.parameters ?? []), ...(item[name].parameters ?? [])].map(resolve),
    })),
  );
  const schemas = Object.entries(api.components?.schemas ?? {});

  /** Describes the type of a value; named schemas become links. */
  function type(schema) {
    if (schema.$ref != null) {
      const name = schema.$ref.split('/').at(-1);
      return [link(`#schema-${name}`, name)];
    }
    if (schema.allOf != null) return schema.allOf.flatMap((part, index) => [index > 0 ? ' and ' : '', ...type(part)]);
    if (schema.const != null) return [code(JSON.stringify(schema.const))];
    if (schema.enum != null) {
      return schema.enum.flatMap((value, index) => [index > 0 ? ' or ' : '', code(JSON.stringify(value))]);
    }
    if (schema.type === 'array') return ['array of ', ...type(schema.items ?? {})];
    if (typeof schema.additionalProperties === 'object') return ['map to ', ...type(schema.additionalProperties)];
    return [[schema.format ?? schema.type ?? 'any'].flat().join(' or ')];
  }

  /** Lists the limits of a value. */
  function limits({ minimum, maximum, minLength, maxLength, default: byDefault }) {
    return [
      minimum != null && `from ${minimum}`,
      maximum != null && `to ${maximum}`,
      minLength != null && `at least ${characters(minLength)}`,
      maxLength != null && `at most ${characters(maxLength)}`,
      byDefault != null && `default ${JSON.stringify(byDefault)}`,
    ].filter((limit) => limit !== false);
  }

  const remarks = (schema, isRequired) =>
    element('span', { class: 'muted' }, [...limits(schema), ...(isRequired ? ['required'] : [])].join(', '));

  const member = (name, schema, isRequired, description) => [
    code(name),
    [...type(schema), ' ', remarks(schema, isRequired)],
    prose(description ?? schema.description),
  ];

  /** Returns an example value of a schema. */
  function example(schema) {
    const found = resolve(schema);
    if (found.examples != null) return found.examples[0];
    if (found.const != null) return found.const;
    if (found.enum != null) return found.enum[0];
    if (found.allOf != null) return Object.assign({}, ...found.allOf.map(example));
    if (found.type === 'array') return [example(found.items ?? {})];
    if (found.type === 'integer' || found.type === 'number') return found.default ?? found.minimum ?? 1;
    if (found.type === 'boolean') return true;
    if (found.type === 'string') return found.format === 'uuid' ? '01990000-0000-7000-8000-000000000000' : 'text';
    return Object.fromEntries(Object.entries(found.properties ?? {}).map(([name, part]) => [name, example(part)]));
  }

  const schemesOf = ({ security = api.security ?? [] }) =>
    Object.keys(security[0] ?? {}).map((name) => resolve(api.components.securitySchemes[name]));

  /** Describes the credential that a request needs. */
  function credential(scheme) {
    if (scheme.type === 'http') return ['the header ', code(`authorization: ${scheme.scheme}`)];
    if (scheme.type === 'apiKey') return [`the ${scheme.in} `, code(scheme.name)];
    return [scheme.type];
  }

  /** Returns a curl command for the request. */
  function command(operation) {
    const base = new URL('.', location.href).href.replace(/\/$/, '');
    const path = operation.path.replaceAll(/\{(.+?)\}/g, (_, name) =>
      example(operation.parameters.find((parameter) => parameter.name === name)?.schema ?? { type: 'string' }),
    );
    const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
    const words = ['curl', ...(operation.name === 'get' ? [] : ['-X', operation.name.toUpperCase()]), quoted(base + path)];
    for (const scheme of schemesOf(operation)) {
      if (scheme.type === 'http') words.push('-H', `"authorization: ${scheme.scheme} $TOKEN"`);
      if (scheme.in === 'cookie') words.push('-b', `"${scheme.name}=$SESSION"`);
    }
    for (const [mediaType, { schema }] of Object.entries(operation.requestBody?.content ?? {}).slice(0, 1)) {
      words.push('-H', quoted(`content-type: ${mediaType}`), '-d', quoted(JSON.stringify(example(schema))));
    }
    return words.join(' ');
  }

  function content(media = {}) {
    return Object.entries(media).flatMap(([mediaType, { schema = {} }], index) => [
      index > 0 ? ' or ' : '',
      ...type(schema),
      element('span', { class: 'muted' }, ` as ${mediaType}`),
    ]);
  }

  function responses(operation) {
    return table(
      Object.entries(operation.responses).map(([status, response]) => {
        const { description, headers = {}, content: media } = resolve(response);
        const names = Object.keys(headers).flatMap((name, index) => [index > 0 ? ', ' : ' With ', code(name), '.']);
        return [code(status), [...prose(description), ...names], content(media)];
      }),
    );
  }

  function describe(operation) {
    const parameters = operation.parameters.map(({ name, schema = {}, required, description }) =>
      member(name, schema, required, description),
    );
    const body = operation.requestBody && resolve(operation.requestBody);
    const needs = schemesOf(operation).map((scheme) =>
      element('p', { class: 'muted' }, 'Needs ', ...credential(scheme), '. ', prose(scheme.description)),
    );
    return element(
      'article',
      { id: operation.id },
      element('h3', {}, method(operation.name), link(`#${operation.id}`, code(operation.path))),
      element('p', {}, prose(operation.summary)),
      operation.description == null ? '' : element('p', {}, prose(operation.description)),
      needs,
      parameters.length === 0 ? '' : [element('h4', {}, 'Parameters'), table(parameters)],
      body == null ? '' : [element('h4', {}, 'Body'), element('p', {}, content(body.content))],
      element('h4', {}, 'Responses'),
      responses(operation),
      element('pre', {}, code(command(operation))),
    );
  }

  function describeSchema([name, schema]) {
    const isRequired = (property) => schema.required?.includes(property) ?? false;
    const members = Object.entries(schema.properties ?? {}).map(([property, part]) =>
      member(property, part, isRequired(property)),
    );
    return element(
      'article',
      { id: `schema-${name}` },
      element('h3', {}, link(`#schema-${name}`, code(name))),
      schema.description == null ? '' : element('p', {}, prose(schema.description)),
      members.length > 0 ? table(members) : element('p', {}, type(schema), ' ', remarks(schema, false)),
    );
  }

  const tags = api.tags ?? [...new Set(operations.flatMap(({ tags = [] }) => tags))].map((name) => ({ name }));
  const sections = [
    ...tags.map(({ name, description }) => {
      const own = operations.filter((operation) => operation.tags?.includes(name));
      return {
        name,
        description,
        links: own.map(({ id, name: verb, path }) => link(`#${id}`, method(verb), path)),
        articles: own.map(describe),
      };
    }),
    {
      name: 'Schemas',
      links: schemas.map(([name]) => link(`#schema-${name}`, name)),
      articles: schemas.map(describeSchema),
    },
  ];

  document.title = api.info.title;
  document.querySelector('nav').replaceChildren(
    element('strong', {}, api.info.title),
    ...sections.flatMap(({ name, links }) => [
      element('h2', {}, name),
      element('ul', {}, links.map((entry) => element('li', {}, entry))),
    ]),
  );
  document.querySelector('main').replaceChildren(
    element('h1', {}, api.info.title, ' ', element('small', { class: 'muted' }, api.info.version)),
    element('p', {}, prose(api.info.description)),
    element('p', {}, link('openapi.json', 'openapi.json'), ` (OpenAPI ${api.openapi})`),
    ...sections.map(({ name, description, articles }) =>
      element('section', {}, element('h2', {}, name), element('p', {}, prose(description)), articles),
    ),
  );
  // The target of the URL's fragment did not exist when the page loaded.
  document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
}

try {
  const response = await fetch('openapi.json');
  if (!response.ok) throw new Error(`the service returned ${response.status}`);
  show(await response.json());
} catch (error) {
  document.getElementById('state')?.replaceChildren(`The description cannot be shown: ${error.message}.`);
}
