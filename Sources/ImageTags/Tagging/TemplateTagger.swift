/// Tags images by templates: Skaffold's `envTemplate` and `customTemplate` policies.
public enum TemplateTagger {
  /// The tag of an `envTemplate`: the fields are the environment's variables, and `IMAGE_NAME`, which
  /// wins over a variable of that name. A variable that is missing and printed is an error.
  public static func environmentTag(
    _ template: String, image: String, environment: [String: String]
  ) throws(GoTemplate.Failure) -> String {
    let template = try GoTemplate(template, name: "envTemplate")
    var fields = environment
    fields["IMAGE_NAME"] = image
    let tag = try template.execute(fields)
    guard !tag.contains("<no value>") else {
      throw GoTemplate.Failure(
        description: "environment variables are missing for fields of the template")
    }
    return tag
  }

  /// The tag of a `customTemplate`: the fields are tags that other policies made. One that is missing
  /// is an error, and only Go's own functions are there.
  public static func customTag(
    _ template: String, components: [String: String]
  ) throws(GoTemplate.Failure) -> String {
    try GoTemplate(template, name: "customTemplate", functions: .builtin)
      .execute(components, missingKeys: .error)
  }
}
