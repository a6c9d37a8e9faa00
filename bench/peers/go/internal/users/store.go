package users

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// ErrNotFound is the error for a user that does not exist.
var ErrNotFound = pgx.ErrNoRows

// Store is the table users.
type Store struct {
	pool *pgxpool.Pool
}

// Open opens a pool with at most that many connections.
func Open(ctx context.Context, url string, connections int32) (*Store, error) {
	config, err := pgxpool.ParseConfig(url)
	if err != nil {
		return nil, err
	}
	config.MaxConns = connections
	pool, err := pgxpool.NewWithConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	return &Store{pool}, pool.Ping(ctx)
}

// Close closes the pool.
func (s *Store) Close() {
	s.pool.Close()
}

// Find returns a user.
func (s *Store) Find(ctx context.Context, id uuid.UUID) (User, error) {
	rows, err := s.pool.Query(ctx, `SELECT id, name, email, created_at, updated_at FROM users WHERE id = $1`, id)
	if err != nil {
		return User{}, err
	}
	return pgx.CollectExactlyOneRow(rows, scan)
}

// List returns a page of users, newest first.
func (s *Store) List(ctx context.Context, page, perPage int) (Page, error) {
	rows, err := s.pool.Query(ctx,
		`SELECT id, name, email, created_at, updated_at FROM users ORDER BY id DESC LIMIT $1 OFFSET $2`,
		perPage, (page-1)*perPage)
	if err != nil {
		return Page{}, err
	}
	list := Page{Page: page, PerPage: perPage}
	if list.Data, err = pgx.CollectRows(rows, scan); err != nil {
		return Page{}, err
	}
	err = s.pool.QueryRow(ctx, `SELECT COUNT(*) FROM users`).Scan(&list.Total)
	return list, err
}

// Insert stores a new user.
func (s *Store) Insert(ctx context.Context, n NewUser) (User, error) {
	id, err := uuid.NewV7()
	if err != nil {
		return User{}, err
	}
	now := time.Now().UTC().Truncate(time.Microsecond)
	user := User{ID: id, Name: string(n.Name), Email: string(n.Email), CreatedAt: now, UpdatedAt: now}
	_, err = s.pool.Exec(ctx,
		`INSERT INTO users (id, name, email, created_at, updated_at) VALUES ($1, $2, $3, $4, $5)`,
		user.ID, user.Name, user.Email, user.CreatedAt, user.UpdatedAt)
	return user, err
}

func scan(row pgx.CollectableRow) (User, error) {
	var user User
	err := row.Scan(&user.ID, &user.Name, &user.Email, &user.CreatedAt, &user.UpdatedAt)
	user.CreatedAt, user.UpdatedAt = user.CreatedAt.UTC(), user.UpdatedAt.UTC()
	return user, err
}
