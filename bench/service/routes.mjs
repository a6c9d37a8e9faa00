// The routes that `bench:service` and `bench:profile` request.

/** The path of each route, once a program runs: of the user, one that exists. */
export async function pathsOf({ url }) {
  const response = await fetch(`${url}/api/v1/users?per_page=1`);
  const { data } = await response.json();
  return {
    '/health': '/health',
    'one user': `/api/v1/users/${data[0].id}`,
    'a list': '/api/v1/users?page=1&per_page=20',
  };
}

export const ROUTES = ['/health', 'one user', 'a list'];
