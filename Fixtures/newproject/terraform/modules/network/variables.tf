variable "name" {
  description = "Name of the network."
  type        = string
}

variable "cidr" {
  description = "Address range of the network, a /16."
  type        = string

  validation {
    condition     = can(cidrnetmask(var.cidr)) && endswith(var.cidr, "/16")
    error_message = "The range must be an IPv4 /16 such as 10.20.0.0/16."
  }
}

variable "zone_count" {
  description = "In how many availability zones there are subnets."
  type        = number
  default     = 2

  validation {
    condition     = var.zone_count >= 2 && var.zone_count <= 6
    error_message = "Between 2 and 6 zones are needed."
  }
}

variable "tags" {
  description = "Tags of every resource."
  type        = map(string)
  default     = {}
}
