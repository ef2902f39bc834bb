package orders

import (
	"fmt"
	"sync"
)

// Store keeps orders in memory, in the order they came in. It is safe for concurrent use.
type Store struct {
	mu     sync.Mutex
	limit  int
	orders []Order
	byID   map[string]int
}

// NewStore returns an empty store that takes at most limit orders.
func NewStore(limit int) *Store {
	return &Store{limit: limit, byID: make(map[string]int)}
}

// Create adds a pending order and returns it with its new identifier.
func (s *Store) Create(item string, quantity int) (Order, error) {
	if err := validate(item, quantity); err != nil {
		return Order{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.orders) >= s.limit {
		return Order{}, ErrFull
	}
	order := Order{
		ID:       fmt.Sprintf("o-%06d", len(s.orders)+1),
		Item:     item,
		Quantity: quantity,
		Status:   StatusPending,
	}
	s.byID[order.ID] = len(s.orders)
	s.orders = append(s.orders, order)
	return order, nil
}

// Get returns one order.
func (s *Store) Get(id string) (Order, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	index, ok := s.byID[id]
	if !ok {
		return Order{}, ErrNotFound
	}
	return s.orders[index], nil
}

// List returns the orders with a status, oldest first; an empty status stands for all.
func (s *Store) List(status Status) []Order {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := []Order{}
	for _, order := range s.orders {
		if status == "" || order.Status == status {
			found = append(found, order)
		}
	}
	return found
}

// Ship marks a pending order as shipped.
func (s *Store) Ship(id string) (Order, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	index, ok := s.byID[id]
	if !ok {
		return Order{}, ErrNotFound
	}
	if s.orders[index].Status == StatusShipped {
		return Order{}, ErrAlreadyShipped
	}
	s.orders[index].Status = StatusShipped
	return s.orders[index], nil
}
