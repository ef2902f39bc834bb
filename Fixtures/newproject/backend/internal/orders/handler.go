package orders

import (
	"encoding/json"
	"errors"
	"net/http"
)

// Handler serves the orders API that openapi.yaml describes.
func Handler(store *Store) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/orders", func(w http.ResponseWriter, r *http.Request) {
		status := Status(r.URL.Query().Get("status"))
		switch status {
		case "", StatusPending, StatusShipped:
			writeJSON(w, http.StatusOK, map[string]any{"orders": store.List(status)})
		default:
			writeProblem(w, http.StatusBadRequest, "status must be pending or shipped")
		}
	})
	mux.HandleFunc("POST /v1/orders", func(w http.ResponseWriter, r *http.Request) {
		var request struct {
			Item     string `json:"item"`
			Quantity int    `json:"quantity"`
		}
		decoder := json.NewDecoder(http.MaxBytesReader(w, r.Body, 4096))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&request); err != nil {
			writeProblem(w, http.StatusBadRequest, "the body is not an order: "+err.Error())
			return
		}
		order, err := store.Create(request.Item, request.Quantity)
		writeResult(w, http.StatusCreated, order, err)
	})
	mux.HandleFunc("GET /v1/orders/{id}", func(w http.ResponseWriter, r *http.Request) {
		order, err := store.Get(r.PathValue("id"))
		writeResult(w, http.StatusOK, order, err)
	})
	mux.HandleFunc("POST /v1/orders/{id}/shipment", func(w http.ResponseWriter, r *http.Request) {
		order, err := store.Ship(r.PathValue("id"))
		writeResult(w, http.StatusOK, order, err)
	})
	return mux
}

func writeResult(w http.ResponseWriter, status int, order Order, err error) {
	switch {
	case err == nil:
		writeJSON(w, status, order)
	case errors.Is(err, ErrNotFound):
		writeProblem(w, http.StatusNotFound, err.Error())
	case errors.Is(err, ErrInvalid):
		writeProblem(w, http.StatusUnprocessableEntity, err.Error())
	case errors.Is(err, ErrAlreadyShipped):
		writeProblem(w, http.StatusConflict, err.Error())
	case errors.Is(err, ErrFull):
		writeProblem(w, http.StatusServiceUnavailable, err.Error())
	default:
		writeProblem(w, http.StatusInternalServerError, "internal error")
	}
}

func writeProblem(w http.ResponseWriter, status int, message string) {
	writeJSON(w, status, map[string]string{"error": message})
}

func writeJSON(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}
