/// A plan as people read it, without colour.
public enum PlanText {
  static let rule = String(repeating: "\u{2500}", count: 77)

  /// The text that `terraform plan -no-color` prints for the plan.
  ///
  /// `warnings` are already rendered; they stand before the closing note.
  public static func render(_ plan: Plan, warnings: String = "") -> String {
    let shown = plan.outputs.filter { !$0.value.isNull }
    if plan.isErrored, plan.resources.isEmpty {
      return "\nPlanning failed. Terraform encountered an error while generating this plan.\n\n"
        + warnings
    }
    if plan.resources.isEmpty, shown.isEmpty {
      return """

        No changes. Your infrastructure matches the configuration.

        Terraform has compared your real infrastructure against your configuration
        and found no differences, so no changes are needed.

        """ + warnings
    }
    var text = ""
    if !plan.resources.isEmpty {
      text += """

        Terraform used the selected providers to generate the following execution
        plan. Resource actions are indicated with the following symbols:
          + create

        \(plan.isErrored ? "Terraform planned the following actions, but then encountered a problem:" : "Terraform will perform the following actions:")

        """
      for resource in plan.resources { text += "\n" + self.resource(resource) }
      text += "\nPlan: \(plan.resources.count) to add, 0 to change, 0 to destroy.\n"
    }
    if plan.isErrored { return text + warnings }
    if !shown.isEmpty {
      text += "\nChanges to Outputs:\n"
      let width = shown.map { CreationText.key($0.name).count }.max() ?? 0
      for output in shown {
        let value =
          output.isSensitive ? "(sensitive value)" : CreationText.value(output.value, indent: 2)
        text += "  + " + CreationText.padded(output.name, width) + " = " + value + "\n"
      }
      if plan.resources.isEmpty {
        text += """

          You can apply this plan to save these new output values to the Terraform
          state, without changing any real infrastructure.

          """
      }
    }
    return text + warnings + """

      \(rule)

      Note: You didn't use the -out option to save this plan, so Terraform can't
      guarantee to take exactly these actions if you run "terraform apply" now.

      """
  }

  private static func resource(_ resource: Plan.Resource) -> String {
    var text = "  # \(resource.address) will be created\n"
    text += "  + resource \(Quoting.goQuoted(resource.type)) \(Quoting.goQuoted(resource.name)) {\n"
    let attributes = resource.after.attributes ?? [:]
    let names = attributes.keys.sorted().filter { !(attributes[$0]?.isNull ?? true) }
    let width = names.map(\.count).max() ?? 0
    for name in names {
      guard let value = attributes[name] else { continue }
      text += "      + " + CreationText.padded(name, width) + " = "
      text += CreationText.value(value, indent: 6) + "\n"
    }
    return text + "    }\n"
  }
}
