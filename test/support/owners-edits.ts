/** Lines that an owner adds to a file by hand. */
export interface Edit {
  /** From the root of the project. */
  readonly file: string;
  /** The first line that matches is the one before which the lines are added; without it, they are added at the end. */
  readonly before?: RegExp;
  readonly lines: readonly string[];
}

/** In projects of every framework. */
const EVERYWHERE: readonly Edit[] = [
  { file: 'Cargo.toml', before: /^rlimit = /, lines: ['itoa = "1"'] },
  { file: 'README.md', before: /^## Routes/, lines: ['Tea is served at four.', ''] },
  {
    file: '.env.example',
    before: /^# Port to listen on/,
    lines: ['# The hour at which tea is served.', '# TEA_HOUR=16', ''],
  },
  {
    file: 'src/config/mod.rs',
    before: /^ +\/\/\/ Port to listen on/,
    lines: [
      '        /// The hour at which tea is served.',
      '        pub tea_hour: u8 = Variable {',
      '            name: "TEA_HOUR",',
      '            default: Some("16"),',
      '            is_secret: false,',
      '            allowed: "a whole number from 0 to 255",',
      '        },',
    ],
  },
  {
    file: 'src/models/user.rs',
    lines: [
      '',
      'impl User {',
      "    /// Returns the first letter of the user's name.",
      '    pub fn initial(&self) -> Option<char> {',
      '        self.name.chars().next()',
      '    }',
      '}',
    ],
  },
];

/** A line in the handler of `/ready`. */
const inReady = (file: string, indent = 4): Edit => ({
  file,
  before: /match readiness\.status/,
  lines: [`${' '.repeat(indent)}tracing::debug!("asked whether the service is ready");`],
});

/** Middleware of the owner's own, in a file that create-api does not know. */
const TEA = 'src/middleware/tea.rs';
const TEA_MODULE: Edit = { file: 'src/middleware/mod.rs', lines: ['pub mod tea;'] };
const HEADER = ['const TEA: HeaderName = HeaderName::from_static("x-tea");', ''];

const tower = (uses: readonly string[]): Edit => ({
  file: TEA,
  lines: [
    '//! Says when tea is served.',
    '',
    ...uses,
    '',
    ...HEADER,
    'pub async fn announce(request: Request, next: Next) -> Response {',
    '    let mut response = next.run(request).await;',
    '    let hour = HeaderValue::from_str(itoa::Buffer::new().format(16));',
    '    response.headers_mut().extend(hour.map(|hour| (TEA, hour)));',
    '    response',
    '}',
  ],
});

const AXUM = [
  'use axum::extract::Request;',
  'use axum::http::{HeaderName, HeaderValue};',
  'use axum::middleware::Next;',
  'use axum::response::Response;',
];

/** The edits that an owner of a project makes, by its framework: a dependency, settings, a model, a handler, a layer, texts. */
export const OWNERS_EDITS: Readonly<Record<string, readonly Edit[]>> = {
  axum: [
    ...EVERYWHERE,
    { ...TEA_MODULE, before: /^pub mod wrap;/ },
    inReady('src/routes/health.rs'),
    tower(AXUM),
    {
      file: 'src/routes/mod.rs',
      before: /^ +\.with_state\(state\)/,
      lines: ['        .layer(axum::middleware::from_fn(middleware::tea::announce))'],
    },
  ],
  loco: [
    ...EVERYWHERE,
    { ...TEA_MODULE, before: /^pub mod wrap;/ },
    ...['development', 'production', 'test'].map((environment) => ({
      file: `config/${environment}.yaml`,
      before: /^ {2}# Maximum number of open connections/,
      lines: ['  # The hour at which tea is served.', '  tea_hour: 16', ''],
    })),
    inReady('src/controllers/health.rs'),
    tower(AXUM),
    {
      file: 'src/app.rs',
      before: /^ +Ok\(router\.layer\(\(/,
      lines: ['        let router = router.layer(axum::middleware::from_fn(middleware::tea::announce));'],
    },
  ],
  'actix-web': [
    ...EVERYWHERE,
    TEA_MODULE,
    inReady('src/routes/health.rs'),
    {
      file: TEA,
      lines: [
        '//! Says when tea is served.',
        '',
        'use actix_web::body::MessageBody;',
        'use actix_web::dev::{ServiceRequest, ServiceResponse};',
        'use actix_web::http::header::{HeaderName, HeaderValue};',
        'use actix_web::middleware::Next;',
        '',
        ...HEADER,
        'pub async fn announce(',
        '    request: ServiceRequest,',
        '    next: Next<impl MessageBody>,',
        ') -> actix_web::Result<ServiceResponse<impl MessageBody>> {',
        '    let mut response = next.call(request).await?;',
        '    if let Ok(hour) = HeaderValue::from_str(itoa::Buffer::new().format(16)) {',
        '        response.headers_mut().insert(TEA, hour);',
        '    }',
        '    Ok(response)',
        '}',
      ],
    },
    {
      file: 'src/server.rs',
      before: /^ +\/\/ The last layer is the outermost/,
      lines: ['            .wrap(actix_web::middleware::from_fn(middleware::tea::announce))'],
    },
  ],
  poem: [
    ...EVERYWHERE,
    TEA_MODULE,
    inReady('src/routes/health.rs', 8),
    {
      file: TEA,
      lines: [
        '//! Says when tea is served.',
        '',
        'use std::sync::Arc;',
        '',
        'use poem::http::{HeaderName, HeaderValue};',
        'use poem::{Endpoint, IntoResponse, Request, Response, Result};',
        '',
        ...HEADER,
        'pub async fn announce<E: Endpoint>(next: Arc<E>, request: Request) -> Result<Response> {',
        '    let mut response = next.call(request).await?.into_response();',
        '    let hour = HeaderValue::from_str(itoa::Buffer::new().format(16));',
        '    response.headers_mut().extend(hour.map(|hour| (TEA, hour)));',
        '    Ok(response)',
        '}',
      ],
    },
    {
      file: 'src/routes/mod.rs',
      before: /^ +\/\/ The last layer is the outermost/,
      lines: ['        .around(middleware::tea::announce)'],
    },
  ],
};

/** A file with an edit. Throws if the edit has no place in it. */
export function withEdit(text: string, { file, before, lines }: Edit): string {
  const added = lines.map((line) => `${line}\n`).join('');
  if (before === undefined) return text + added;
  const all = text.split(/(?<=\n)/);
  const place = all.findIndex((line) => before.test(line));
  if (place < 0) throw new Error(`${file} has no line like ${before}`);
  return all.toSpliced(place, 0, added).join('');
}
