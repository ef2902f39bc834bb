variable "project" {
  description = "Name of the project, the first part of every name."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,20}$", var.project))
    error_message = "The project name must be 2 to 21 lower-case letters, digits and dashes, and start with a letter."
  }
}

variable "environment" {
  description = "Name of the environment."
  type        = string
}

variable "services" {
  description = "The services that the environment runs."
  type        = set(string)
}

locals {
  prefix = "${var.project}-${var.environment}"
}

output "prefix" {
  description = "The first part of every name in this environment."
  value       = local.prefix
}

output "repositories" {
  description = "Name of each service's image repository."
  value       = { for service in var.services : service => "${var.project}-${service}" }
}

output "tags" {
  description = "The tags that every cloud resource carries."
  value = {
    Project     = var.project
    Environment = var.environment
    ManagedBy   = "terraform"
  }
}
