#!/bin/sh
# Starts the local cluster: ./cluster/setup.sh k3s | minikube
set -eu
here=$(cd "$(dirname "$0")" && pwd)

case "${1:-}" in
k3s)
  sudo install -D -m 0644 "$here/k3s/config.yaml" /etc/rancher/k3s/config.yaml
  sudo install -D -m 0644 "$here/k3s/registries.yaml" /etc/rancher/k3s/registries.yaml
  sudo systemctl restart k3s
  export KUBECONFIG=/etc/rancher/k3s/k3s.yaml
  ;;
minikube)
  mkdir -p "$HOME/.minikube/config"
  cp "$here/minikube/config.json" "$HOME/.minikube/config/config.json"
  minikube start --profile newproject --addons ingress
  ;;
*)
  echo "usage: $0 k3s | minikube" >&2
  exit 64
  ;;
esac

kubectl wait --for=condition=Ready node --all --timeout=120s
echo "The cluster is ready. Next: skaffold dev"
