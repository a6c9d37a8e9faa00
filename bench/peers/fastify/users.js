// The table users. Statements have names, so that PostgreSQL prepares them once for each connection.
import { v7 as uuid } from 'uuid';

const COLUMNS = 'id, name, email, created_at, updated_at';

/** Returns the queries on a pool. */
export function createUsers(pool) {
  return {
    async find(id) {
      const text = `SELECT ${COLUMNS} FROM users WHERE id = $1`;
      const { rows } = await pool.query({ name: 'find', text, values: [id] });
      return rows[0];
    },

    async list(page, perPage) {
      const text = `SELECT ${COLUMNS} FROM users ORDER BY id DESC LIMIT $1 OFFSET $2`;
      const users = await pool.query({ name: 'list', text, values: [perPage, (page - 1) * perPage] });
      const count = await pool.query({ name: 'count', text: 'SELECT COUNT(*) AS total FROM users' });
      return { data: users.rows, page, per_page: perPage, total: Number(count.rows[0].total) };
    },

    async insert({ name, email }) {
      const now = new Date();
      const user = {
        id: uuid(),
        name: name.trim(),
        email: email.toLowerCase(),
        created_at: now,
        updated_at: now,
      };
      const text = `INSERT INTO users (${COLUMNS}) VALUES ($1, $2, $3, $4, $5)`;
      await pool.query({ name: 'insert', text, values: Object.values(user) });
      return user;
    },
  };
}
