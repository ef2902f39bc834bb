variable "region" {
  description = "Region of every resource."
  type        = string
  default     = "eu-central-1"
}

variable "cidr" {
  description = "Address range of the network."
  type        = string
}

variable "zone_count" {
  description = "In how many availability zones the cluster runs."
  type        = number
  default     = 2
}

variable "nodes" {
  description = "Size of the node group."
  type = object({
    min            = number
    max            = number
    instance_types = optional(list(string))
  })
}
