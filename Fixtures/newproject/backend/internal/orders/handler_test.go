package orders

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

func TestHandler(t *testing.T) {
	store := NewStore(2)
	handler := Handler(store)
	steps := []struct {
		name, method, path, body string
		status                   int
		contains                 string
	}{
		{"empty list", "GET", "/v1/orders", "", 200, `"orders":[]`},
		{"create", "POST", "/v1/orders", `{"item":"lamp","quantity":2}`, 201, `"id":"o-000001"`},
		{"read", "GET", "/v1/orders/o-000001", "", 200, `"status":"pending"`},
		{"ship", "POST", "/v1/orders/o-000001/shipment", "", 200, `"status":"shipped"`},
		{"ship again", "POST", "/v1/orders/o-000001/shipment", "", 409, "already"},
		{"unknown order", "GET", "/v1/orders/o-000009", "", 404, "no such order"},
		{"unknown status", "GET", "/v1/orders?status=lost", "", 400, "pending or shipped"},
		{"invalid order", "POST", "/v1/orders", `{"item":"","quantity":2}`, 422, "quantity"},
		{"not JSON", "POST", "/v1/orders", `{`, 400, "not an order"},
		{"unknown field", "POST", "/v1/orders", `{"itme":"lamp"}`, 400, "itme"},
		{"second order", "POST", "/v1/orders", `{"item":"chair","quantity":1}`, 201, "o-000002"},
		{"full", "POST", "/v1/orders", `{"item":"desk","quantity":1}`, 503, "no more"},
		{"wrong method", "DELETE", "/v1/orders", "", 405, ""},
	}
	for _, step := range steps {
		recorder := httptest.NewRecorder()
		request := httptest.NewRequest(step.method, step.path, strings.NewReader(step.body))
		handler.ServeHTTP(recorder, request)
		if recorder.Code != step.status || !strings.Contains(recorder.Body.String(), step.contains) {
			t.Fatalf("%s: got %d %q, want %d with %q",
				step.name, recorder.Code, recorder.Body, step.status, step.contains)
		}
	}
}

func TestHandlerRefusesLargeBodies(t *testing.T) {
	body := `{"item":"` + strings.Repeat("x", 10_000) + `","quantity":1}`
	recorder := httptest.NewRecorder()
	request := httptest.NewRequest(http.MethodPost, "/v1/orders", strings.NewReader(body))
	Handler(NewStore(1)).ServeHTTP(recorder, request)
	if recorder.Code != http.StatusBadRequest {
		t.Fatalf("got %d", recorder.Code)
	}
}
