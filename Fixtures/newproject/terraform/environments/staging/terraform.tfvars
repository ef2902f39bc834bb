cidr = "10.20.0.0/16"

nodes = {
  min = 1
  max = 3
}
