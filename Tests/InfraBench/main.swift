// Times the parser: from bytes in memory to the trees of all files, on one core, nothing printed and
// nothing loaded. Prints a Markdown table:
//
//   infra-bench [FILE.tf …]
//
// Without files it makes its own: a tree of 6,000 modules, about 10 MB.

internal import InfraPlan
internal import SourceText

/// One module: what people write most, comments, templates and a heredoc included.
func module(_ number: Int) -> SourceFile {
  let text = """
    # Network of environment \(number).
    variable "name" {
      type        = string
      description = "What the network is called, also in the tags of everything that is in it."
      default     = "environment-\(number)"
    }

    variable "subnets" {
      type = map(object({
        cidr    = string
        public  = optional(bool, false)
        routes  = optional(list(string), [])
      }))
      nullable = false
    }

    locals {
      # Only these get an address of their own.
      public = { for name, subnet in var.subnets : name => subnet if subnet.public }
      tags   = merge(var.tags, { Name = var.name, "app.example.com/owner" = "platform" })
    }

    resource "aws_subnet" "this" {
      for_each = var.subnets

      vpc_id                  = aws_vpc.this.id
      cidr_block              = each.value.cidr
      availability_zone       = data.aws_availability_zones.available.names[index(keys(var.subnets), each.key) % 3]
      map_public_ip_on_launch = each.value.public
      tags                    = merge(local.tags, { Name = "${var.name}-${each.key}" })

      lifecycle {
        create_before_destroy = true
        ignore_changes        = [tags["kubernetes.io/role/elb"]]
      }
    }

    resource "aws_iam_policy" "this" {
      count  = var.create_policy && length(local.public) > 0 ? 1 : 0
      name   = "${var.name}-policy"
      policy = <<-JSON
        {
          "Version": "2012-10-17",
          "Statement": [{"Effect": "Allow", "Action": ["s3:GetObject"], "Resource": "arn:aws:s3:::${var.bucket}/*"}]
        }
      JSON
    }

    output "ids" {
      description = "The identifiers of the subnets, by name."
      value       = { for name, subnet in aws_subnet.this : name => subnet.id }
    }

    """
  return SourceFile(name: "modules/network-\(number)/main.tf", text: text)
}

let given = CommandLine.arguments.dropFirst()
let files =
  given.isEmpty
  ? (0..<6_000).map(module)
  : given.compactMap { path in
    (try? LocalFileSystem().read(path)).map { SourceFile(name: path, bytes: $0) }
  }
let total = files.reduce(0) { $0 + $1.bytes.count }
var best = Double.infinity
var problems = 0
for _ in 0..<7 {
  let clock = ContinuousClock()
  let start = clock.now
  var trees: [SyntaxTree] = []
  problems = 0
  for (index, file) in files.enumerated() {
    let (tree, found) = SyntaxTree.parse(file, id: SourceFile.ID(rawValue: UInt32(index)))
    trees.append(tree)
    problems += found.count
  }
  let parts = (clock.now - start).components
  withExtendedLifetime(trees) {}
  best = min(best, Double(parts.seconds) + Double(parts.attoseconds) * 1e-18)
}

func oneDecimal(_ value: Double) -> String {
  let tenths = Int((value * 10).rounded())
  return "\(tenths / 10).\(tenths % 10)"
}

print("| parsing Terraform, one core | files | MB | ms | MB/s |")
print("| --- | ---: | ---: | ---: | ---: |")
print(
  "| bytes to trees of all files | \(files.count) | \(oneDecimal(Double(total) / 1e6)) | \(oneDecimal(best * 1000)) | \(oneDecimal(Double(total) / best / 1e6)) |"
)
if problems > 0 { print("\n\(problems) problems found") }
