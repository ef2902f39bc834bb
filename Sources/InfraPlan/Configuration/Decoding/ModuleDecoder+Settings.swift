internal import SourceText

extension ModuleDecoder {
  mutating func decodeSettings(_ block: Body.Block, _ tree: SyntaxTree) {
    let schema = BodySchema(
      attributes: [("required_version", false), ("experiments", false), ("language", false)],
      blocks: [
        ("backend", ["type"]), ("cloud", []), ("required_providers", []),
        ("provider_meta", ["provider"]),
      ])
    let content = BodyContent(block.body, schema, &problems)
    if let attribute = content.attributes["required_version"] {
      checkLanguageVersion(attribute, tree)
    }
    if let attribute = content.attributes["experiments"] {
      report(
        "Module uses experimental features",
        "Experimental features are intended only for gathering early feedback on new language designs, and so are available only in alpha releases of Terraform.",
        at: attribute.nameSpan)
    }
    if let attribute = content.attributes["language"],
      let edition = tree.expression(attribute.expression).keyword, edition != "TF2021"
    {
      report(
        "Unsupported language edition",
        "Terraform v1.11.4 only supports language edition TF2021. This module requires a newer version of Terraform CLI.",
        at: tree.expression(attribute.expression).span)
    }
    for inner in content.blocks {
      switch inner.type {
      case "required_providers":
        decodeRequirements(inner, tree)
      case "backend", "cloud": decodeBackend(inner)
      case "provider_meta":
        reportBlocks(in: inner.body)
        guard inner.body.blocks.isEmpty else { continue }
        if let first = module.providerMetaSpans[inner.labels[0]] {
          report(
            "Duplicate provider_meta block",
            "A provider_meta block for provider \(Quoting.goQuoted(inner.labels[0])) was already declared at \(place(first)). Providers may only have one provider_meta block per module.",
            at: inner.headerSpan)
        }
        module.providerMetaSpans[inner.labels[0]] = inner.headerSpan
        for attribute in inner.body.attributes {
          var evaluator = Evaluator()
          _ = evaluator.evaluate(tree.expression(attribute.expression), in: Scope())
          problems += evaluator.problems
        }
      default: break
      }
    }
  }

  private mutating func decodeBackend(_ block: Body.Block) {
    if !module.path.isEmpty, block.type == "backend" {
      problems.append(
        Problem(
          .warning, "Backend configuration ignored",
          "Any selected backend applies to the entire configuration, so Terraform expects provider configurations only in the root module.\n\nThis is a warning rather than an error because it's sometimes convenient to temporarily call a root module as a child module for testing purposes, but this backend configuration block will have no effect.",
          at: block.headerSpan))
    }
    if block.type == "cloud" {
      if let backend = module.backend {
        report(
          "Both a backend and cloud configuration are present",
          "A module may declare either one 'cloud' block OR one 'backend' block configuring a state backend. The 'cloud' block is configured at \(place(block.typeSpan)); a backend is configured at \(place(backend)). Remove the backend block to configure HCP Terraform or Terraform Enteprise.",
          at: backend)
      }
      if let first = module.cloud, !isOverride {
        return report(
          "Duplicate HCP Terraform configurations",
          "A module may have only one 'cloud' block configuring HCP Terraform or Terraform Enterprise. The 'cloud' block was previously configured at \(place(first)).",
          at: block.headerSpan)
      }
      module.cloud = block.typeSpan
      return
    }
    if let first = module.backend, !isOverride {
      report(
        "Duplicate backend configuration",
        "A module may have only one backend configuration. The backend was previously configured at \(place(first)).",
        at: block.headerSpan)
      return
    }
    module.backend = block.headerSpan
  }

  private mutating func checkLanguageVersion(_ attribute: Body.Attribute, _ tree: SyntaxTree) {
    guard let text = versionConstraint(attribute, tree) else { return }
    module.versionRequirements.append((text, attribute.span))
  }
}
