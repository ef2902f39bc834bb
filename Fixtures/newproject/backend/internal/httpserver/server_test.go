package httpserver

import (
	"context"
	"net"
	"net/http"
	"testing"
	"time"
)

func TestServeAnswersProbesAndDrains(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	base := "http://" + listener.Addr().String()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() {
		ended <- Serve(ctx, listener, http.NotFoundHandler(), 200*time.Millisecond)
	}()

	for path, want := range map[string]int{"/healthz": 200, "/readyz": 200, "/other": 404} {
		if got := get(t, base+path); got != want {
			t.Fatalf("%s: got %d, want %d", path, got, want)
		}
	}
	cancel()
	time.Sleep(50 * time.Millisecond)
	if got := get(t, base+"/readyz"); got != http.StatusServiceUnavailable {
		t.Fatalf("while draining: got %d", got)
	}
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, url string) int {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	return response.StatusCode
}
