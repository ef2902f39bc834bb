// Command api serves the orders API.
package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"strconv"
	"syscall"
	"time"

	"example.com/newproject/backend/internal/httpserver"
	"example.com/newproject/backend/internal/orders"
)

func main() {
	if err := run(); err != nil {
		slog.Error("api ended", "error", err)
		os.Exit(1)
	}
}

func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	limit, err := strconv.Atoi(setting("MAX_ORDERS", "10000"))
	if err != nil {
		return err
	}
	drain, err := time.ParseDuration(setting("DRAIN", "5s"))
	if err != nil {
		return err
	}
	handler := orders.Handler(orders.NewStore(limit))
	return httpserver.Run(ctx, setting("LISTEN_ADDRESS", ":8080"), handler, drain)
}

func setting(name, standard string) string {
	if value, ok := os.LookupEnv(name); ok {
		return value
	}
	return standard
}
