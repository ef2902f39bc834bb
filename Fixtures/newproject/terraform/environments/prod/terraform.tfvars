cidr       = "10.30.0.0/16"
zone_count = 3

nodes = {
  min            = 3
  max            = 9
  instance_types = ["m6i.large"]
}
