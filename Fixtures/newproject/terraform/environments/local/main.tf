# A developer's machine: no cloud and no provider, yet the same modules and the same names.

terraform {
  required_version = ">= 1.6"
}

variable "developer" {
  description = "Whose machine it is; part of every name."
  type        = string
  default     = "dev"

  validation {
    condition     = length(var.developer) <= 12
    error_message = "At most 12 characters, so that names stay valid labels."
  }
}

variable "ports" {
  description = "Local port of each service that is reached from outside the cluster."
  type        = map(number)
  default = {
    api = 8080
    web = 8000
  }
}

module "naming" {
  source = "../../modules/naming"

  project     = "newproject"
  environment = "local-${var.developer}"
  services    = ["api", "worker", "web"]
}

locals {
  registry = "localhost:5000"
  images   = { for service, name in module.naming.repositories : service => "${local.registry}/${name}" }
}

resource "terraform_data" "repository" {
  for_each = local.images

  input = {
    image = each.value
    port  = lookup(var.ports, each.key, null)
  }
}

resource "terraform_data" "cluster" {
  input            = module.naming.prefix
  triggers_replace = [module.naming.tags]
}

output "images" {
  description = "Image of each service, as the cluster pulls it."
  value       = local.images
}

output "cluster" {
  description = "Name of the cluster, once it is there."
  value       = terraform_data.cluster.output
}
