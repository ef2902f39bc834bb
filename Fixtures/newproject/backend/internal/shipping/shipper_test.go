package shipping

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"

	"example.com/newproject/backend/internal/orders"
)

func TestShipPending(t *testing.T) {
	store := orders.NewStore(10)
	for _, item := range []string{"lamp", "chair"} {
		if _, err := store.Create(item, 1); err != nil {
			t.Fatal(err)
		}
	}
	server := httptest.NewServer(orders.Handler(store))
	defer server.Close()

	shipper := New(server.URL + "/")
	for round, want := range []int{2, 0} {
		got, err := shipper.ShipPending(context.Background())
		if err != nil || got != want {
			t.Fatalf("round %d: shipped %d, %v; want %d", round, got, err, want)
		}
	}
	if pending := store.List(orders.StatusPending); len(pending) != 0 {
		t.Fatalf("still pending: %+v", pending)
	}
}

func TestShipPendingReportsFailures(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		http.Error(w, "broken", http.StatusInternalServerError)
	}))
	defer server.Close()
	if _, err := New(server.URL).ShipPending(context.Background()); err == nil {
		t.Fatal("a failing API was not reported")
	}
}
