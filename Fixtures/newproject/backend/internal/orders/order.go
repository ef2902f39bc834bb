// Package orders keeps the orders of the shop and the rules for changing them.
package orders

import "errors"

// Status says how far an order has come.
type Status string

// The statuses, in the order an order goes through them.
const (
	StatusPending Status = "pending"
	StatusShipped Status = "shipped"
)

// Order is one customer's request for a number of pieces of an item.
type Order struct {
	ID       string `json:"id"`
	Item     string `json:"item"`
	Quantity int    `json:"quantity"`
	Status   Status `json:"status"`
}

// Errors that a Store answers with.
var (
	ErrNotFound       = errors.New("no such order")
	ErrInvalid        = errors.New("an order needs an item and a quantity of 1 to 1000")
	ErrAlreadyShipped = errors.New("the order has been shipped already")
	ErrFull           = errors.New("the store takes no more orders")
)

// MaxQuantity is the largest quantity one order may have.
const MaxQuantity = 1000

func validate(item string, quantity int) error {
	if item == "" || len(item) > 200 || quantity < 1 || quantity > MaxQuantity {
		return ErrInvalid
	}
	return nil
}
