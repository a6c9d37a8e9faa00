/**
 * The releases whose projects have no record, and what npm calls the integrity of their packages. The name may be another package's
 * in a registry, so nothing else is run from there.
 */
export const RELEASES: Readonly<Record<string, string>> = {
  '0.1.0': 'sha512-7k+nvHn0oIWIGyuNM/BbkZjZ8eRsfMRvdoKuMoHrwK7esjhcEbWUEBbqopFlnQ7E/NBRgJGIj3WtLaPb9vHYFw==',
};

/** The release that a project without a record is from, unless another is given. */
export const LATEST_WITHOUT_RECORD = '0.1.0';
