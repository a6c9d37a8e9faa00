// Package users has the users of the service and their table.
package users

import (
	"strings"
	"time"

	"github.com/google/uuid"
)

// User is a user as stored and as sent to clients.
type User struct {
	ID        uuid.UUID `json:"id"`
	Name      string    `json:"name"`
	Email     string    `json:"email"`
	CreatedAt time.Time `json:"created_at"`
	UpdatedAt time.Time `json:"updated_at"`
}

// NewUser has the fields of a new user.
type NewUser struct {
	Name  Name  `json:"name" binding:"required,max=100"`
	Email Email `json:"email" binding:"required,email,max=254"`
}

// Name is trimmed when it is read.
type Name string

// UnmarshalText trims the name.
func (n *Name) UnmarshalText(text []byte) error {
	*n = Name(strings.TrimSpace(string(text)))
	return nil
}

// Email is trimmed and brought to lower case when it is read.
type Email string

// UnmarshalText trims the address and brings it to lower case.
func (e *Email) UnmarshalText(text []byte) error {
	*e = Email(strings.ToLower(strings.TrimSpace(string(text))))
	return nil
}

// Page is a page of a list.
type Page struct {
	Data    []User `json:"data"`
	Page    int    `json:"page"`
	PerPage int    `json:"per_page"`
	Total   int64  `json:"total"`
}
