// Package service has what the three services share: configuration, and the life of the server.
package service

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"peers/internal/users"
)

// Health is the body of /health.
type Health struct {
	Status  string `json:"status"`
	Version string `json:"version"`
}

// Healthy is what /health responds.
var Healthy = Health{Status: "ok", Version: "0.1.0"}

// Run serves what newHandler returns until SIGTERM or SIGINT.
func Run(newHandler func(*users.Store) http.Handler) {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	connections, err := strconv.ParseInt(os.Getenv("DATABASE_MAX_CONNECTIONS"), 10, 32)
	if err != nil {
		log.Fatal("DATABASE_MAX_CONNECTIONS: ", err)
	}
	store, err := users.Open(ctx, os.Getenv("DATABASE_URL"), int32(connections))
	if err != nil {
		log.Fatal("database: ", err)
	}
	defer store.Close()

	server := &http.Server{
		Addr:              "127.0.0.1:" + os.Getenv("PORT"),
		Handler:           newHandler(store),
		ReadHeaderTimeout: 10 * time.Second,
		IdleTimeout:       75 * time.Second,
	}
	go func() {
		<-ctx.Done()
		_ = server.Shutdown(context.Background())
	}()
	if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}
