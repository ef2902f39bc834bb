output "vpc_id" {
  description = "The network's identifier."
  value       = aws_vpc.this.id
}

output "private_subnet_ids" {
  description = "The subnets without a public address, one per zone."
  value       = aws_subnet.private[*].id
}

output "public_subnet_ids" {
  description = "The subnets with public addresses, one per zone."
  value       = aws_subnet.public[*].id
}
