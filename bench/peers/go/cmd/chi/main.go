// The service with Chi.
package main

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"

	"peers/internal/service"
	"peers/internal/users"
)

func main() {
	service.Run(func(store *users.Store) http.Handler {
		handlers := service.Handlers{Store: store}
		router := chi.NewRouter()
		router.Use(middleware.Recoverer)
		router.Get("/health", handlers.Health)
		router.Route("/api/v1/users", func(router chi.Router) {
			router.Get("/", handlers.List)
			router.Post("/", handlers.Create)
			router.Get("/{id}", handlers.Show)
		})
		return router
	})
}
