terraform {
  required_version = ">= 1.6"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

provider "aws" {
  region = var.region

  default_tags {
    tags = module.naming.tags
  }
}

module "naming" {
  source = "../../modules/naming"

  project     = "newproject"
  environment = "prod"
  services    = ["api", "worker", "web"]
}

module "network" {
  source = "../../modules/network"

  name       = module.naming.prefix
  cidr       = var.cidr
  zone_count = var.zone_count
}

module "cluster" {
  source = "../../modules/cluster"

  name       = module.naming.prefix
  subnet_ids = module.network.private_subnet_ids
  nodes      = var.nodes
}
