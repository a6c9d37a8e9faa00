// The service with the standard library's router.
package main

import (
	"net/http"

	"peers/internal/service"
	"peers/internal/users"
)

func main() {
	service.Run(func(store *users.Store) http.Handler {
		handlers := service.Handlers{Store: store}
		mux := http.NewServeMux()
		mux.HandleFunc("GET /health", handlers.Health)
		mux.HandleFunc("GET /api/v1/users", handlers.List)
		mux.HandleFunc("POST /api/v1/users", handlers.Create)
		mux.HandleFunc("GET /api/v1/users/{id}", handlers.Show)
		return mux
	})
}
