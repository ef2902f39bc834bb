package orders

import (
	"errors"
	"sync"
	"testing"
)

func TestCreateValidates(t *testing.T) {
	cases := []struct {
		name     string
		item     string
		quantity int
		want     error
	}{
		{"one piece", "lamp", 1, nil},
		{"largest quantity", "lamp", MaxQuantity, nil},
		{"no item", "", 1, ErrInvalid},
		{"no pieces", "lamp", 0, ErrInvalid},
		{"too many pieces", "lamp", MaxQuantity + 1, ErrInvalid},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := NewStore(10).Create(c.item, c.quantity)
			if !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestShipOnce(t *testing.T) {
	store := NewStore(10)
	order, err := store.Create("lamp", 2)
	if err != nil {
		t.Fatal(err)
	}
	shipped, err := store.Ship(order.ID)
	if err != nil || shipped.Status != StatusShipped {
		t.Fatalf("first shipment: %+v, %v", shipped, err)
	}
	if _, err := store.Ship(order.ID); !errors.Is(err, ErrAlreadyShipped) {
		t.Fatalf("second shipment: %v", err)
	}
	if _, err := store.Ship("o-999999"); !errors.Is(err, ErrNotFound) {
		t.Fatalf("unknown order: %v", err)
	}
}

func TestListFiltersByStatus(t *testing.T) {
	store := NewStore(10)
	first, _ := store.Create("lamp", 1)
	second, _ := store.Create("chair", 1)
	if _, err := store.Ship(first.ID); err != nil {
		t.Fatal(err)
	}
	pending := store.List(StatusPending)
	if len(pending) != 1 || pending[0].ID != second.ID {
		t.Fatalf("pending: %+v", pending)
	}
	if all := store.List(""); len(all) != 2 {
		t.Fatalf("all: %+v", all)
	}
}

func TestStoreIsBoundedAndConcurrent(t *testing.T) {
	store := NewStore(50)
	var group sync.WaitGroup
	for range 100 {
		group.Add(1)
		go func() {
			defer group.Done()
			_, _ = store.Create("lamp", 1)
		}()
	}
	group.Wait()
	if got := len(store.List("")); got != 50 {
		t.Fatalf("got %d orders, want 50", got)
	}
	if _, err := store.Create("lamp", 1); !errors.Is(err, ErrFull) {
		t.Fatalf("over the limit: %v", err)
	}
}
