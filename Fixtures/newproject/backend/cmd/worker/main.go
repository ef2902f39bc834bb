// Command worker ships pending orders.
package main

import (
	"context"
	"log/slog"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"example.com/newproject/backend/internal/httpserver"
	"example.com/newproject/backend/internal/shipping"
)

func main() {
	if err := run(); err != nil {
		slog.Error("worker ended", "error", err)
		os.Exit(1)
	}
}

func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	interval, err := time.ParseDuration(setting("SHIP_INTERVAL", "10s"))
	if err != nil {
		return err
	}
	go shipping.New(setting("API_URL", "http://api")).Run(ctx, interval)
	return httpserver.Run(ctx, setting("LISTEN_ADDRESS", ":8081"), http.NotFoundHandler(), 0)
}

func setting(name, standard string) string {
	if value, ok := os.LookupEnv(name); ok {
		return value
	}
	return standard
}
