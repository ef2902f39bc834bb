output "cluster_name" {
  description = "Name of the cluster, for kubeconfig."
  value       = module.cluster.name
}

output "cluster_endpoint" {
  description = "Address of the cluster's API."
  value       = module.cluster.endpoint
}

output "registry_urls" {
  description = "Where CI pushes each service's images."
  value       = module.registry.urls
}
