// Package shipping ships the pending orders of the API.
package shipping

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Shipper asks the API for pending orders and ships them.
type Shipper struct {
	base   string
	client *http.Client
}

// New returns a Shipper for the API at a base URL such as http://api.
func New(base string) *Shipper {
	return &Shipper{
		base:   strings.TrimSuffix(base, "/"),
		client: &http.Client{Timeout: 5 * time.Second},
	}
}

// Run ships once per interval until the context ends. A failed round is logged and tried again.
func (s *Shipper) Run(ctx context.Context, interval time.Duration) {
	ticker := time.NewTicker(interval)
	defer ticker.Stop()
	for {
		if count, err := s.ShipPending(ctx); err != nil {
			slog.Warn("round failed", "error", err, "shipped", count)
		} else if count > 0 {
			slog.Info("orders shipped", "count", count)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// ShipPending ships every order that is pending now and returns how many it shipped. An order that
// another worker has shipped in the meantime is no failure.
func (s *Shipper) ShipPending(ctx context.Context) (int, error) {
	var list struct {
		Orders []struct {
			ID string `json:"id"`
		} `json:"orders"`
	}
	if _, err := s.do(ctx, http.MethodGet, "/v1/orders?status=pending", &list); err != nil {
		return 0, err
	}
	shipped := 0
	for _, order := range list.Orders {
		path := "/v1/orders/" + url.PathEscape(order.ID) + "/shipment"
		status, err := s.do(ctx, http.MethodPost, path, nil)
		if status == http.StatusConflict {
			continue
		}
		if err != nil {
			return shipped, err
		}
		shipped++
	}
	return shipped, nil
}

func (s *Shipper) do(ctx context.Context, method, path string, result any) (int, error) {
	request, err := http.NewRequestWithContext(ctx, method, s.base+path, nil)
	if err != nil {
		return 0, err
	}
	response, err := s.client.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	body := io.LimitReader(response.Body, 1<<20)
	if response.StatusCode != http.StatusOK {
		return response.StatusCode, fmt.Errorf("%s %s: %s", method, path, response.Status)
	}
	if result == nil {
		return response.StatusCode, nil
	}
	return response.StatusCode, json.NewDecoder(body).Decode(result)
}
