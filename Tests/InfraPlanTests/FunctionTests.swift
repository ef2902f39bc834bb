import InfraPlan
import SourceText
import TestSupport
import Testing

/// Functions at their edges, as the original answers.
@Suite struct FunctionTests {
  private static func session() -> ExpressionSession {
    let files = MemoryFileSystem(["./a.txt": "x", "./f/b.txt": "y", "./f/c.dat": "z"])
    return ExpressionSession(functions: FunctionTable(files: files))
  }

  @Test(arguments: [
    ("5 % 0", "5"), ("1e30000 % 7 >= 0", "true"), ("lower(\"İ\")", "\"i\""),
    ("upper(\"ᾳß\")", "\"ᾼß\""), ("regexall(\"$\", \"abc\")", "[\"\"]"),
    ("replace(\"acb\", \"/(c)/\", \"<$6666666666666666666|$01|$1>\")", "\"a<||c>b\""),
    ("replace(\"a\\nb\", \"/(?m)^/\", \"> \")", "\"> a\\n> b\""),
    ("element(tolist([\"a\", \"b\", \"c\"]), -4)", "\"c\""), ("range(1, 1, 0)", "[]"),
    ("cidrsubnet(\"10.1.2.0/24\", 4, -1)", "\"0.0.0.16/28\""),
    ("cidrsubnet(\"10.0.0.0/8\", -4, 15)", "\"250.0.0.0/4\""),
    ("cidrsubnet(\"::ffff:10.0.0.0/104\", 8, 1)", "\"10.1.0.0/16\""),
    ("cidrhost(\"::ffff:1.2.3.4/120\", 1)", "\"0:1::ffff:102:300\""),
    ("cidrhost(\"10.0.0.0/30\", -1)", "\"10.0.0.3\""),
    ("cidrnetmask(\"::ffff:1.2.3.4/120\")", "\"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff00\""),
    ("cidrsubnets(\"fd00::/48\", 16, 16)", "[\"fd00::/64\",\"fd00:0:0:1::/64\"]"),
    ("jsondecode(\"{\\\"a\\\":1}}\")", "{\"a\":1}"),
    ("yamldecode(\"a: 1\\n<<: {a: 2, b: 3}\")", "{\"a\":2,\"b\":3}"),
    ("yamldecode(\"a: 0b11\")", "{\"a\":\"0b11\"}"), ("yamldecode(\"!!null x\")", "null"),
    ("formatdate(\"YYYY''MM\", \"2020-02-03T14:05:06Z\")", "\"2020'02\""),
    (
      "uuidv5(\"urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8\", \"x\")",
      "\"05b16a01-46c6-56dd-bd6e-c6dfb4a1427a\""
    ),
    ("base64gzip(\"hello\")", "\"H4sIAAAAAAAA/8pIzcnJBwAAAP//AQAA//+GphA2BQAAAA==\""),
    ("fileset(\".\", \"**\")", "[\"a.txt\",\"f/b.txt\",\"f/c.dat\"]"),
    ("parseint(\"Zz\", 62)", "3817"), ("regex(\"\\\\p{L}+\", \"1é日가A\")", "\"é日가A\""),
    ("regexall(\"[^\\\\pL]\", \"a1\")", "[\"1\"]"),
    ("format(\"%.3g|%b\", 123456, -5)", "\"1.23e+05|-101\""),
    // The last digits are those of the original's own methods.
    ("log(1e100, 3)", "209.5903274289385"), ("log(0, 2) < 0", "true"),
    ("pow(65, 1.5)", "524.0467536394057"),
    (
      "pow(255, 65)",
      "2661409655840374600000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
    ),
    ("pow(2, 0.5)", "1.4142135623730951"), ("pow(-2, 3)", "-8"), ("pow(10, -3)", "0.001"),
    ("pow(0, 0)", "1"),
    ("indent(9007199254740993, \"sha\")", "\"sha\""),
    ("setunion([null], [\"a\"])", "[\"a\",null]"), ("merge(null, {a = 1})", "{\"a\":1}"),
    ("try([[1], 2]...)", "[1]"), ("can([1]...)", "true"),
  ])
  func edges(expression: String, json: String) {
    let answer = Self.session().evaluate(expression)
    #expect(answer.problems.isEmpty)
    #expect(answer.value.json.text() == json)
  }

  @Test(arguments: [
    // The number of arguments is counted first, then they are evaluated and converted one by one.
    ("abs(upper(), 2)", "Function \"abs\" expects only 1 argument(s)."),
    ("slice([1], {}, upper())", "Invalid value for \"start_index\" parameter: number required."),
    ("join(\"a\")", "Call to function \"join\" failed: at least one list is required."),
    (
      "transpose({a = null})",
      "Call to function \"transpose\" failed: input must not contain null list."
    ),
    (
      "merge(null, 1)",
      "Call to function \"merge\" failed: panic in function implementation: attempt to iterate on non-collection, non-tuple type"
    ),
    (
      "merge(1, null)",
      "Call to function \"merge\" failed: arguments must be maps or objects, got \"number\"."
    ),
    (
      "try(1, 3...)",
      "The expanding argument (indicated by ...) must be of a tuple, list, or set type."
    ),
    ("try([]...)", "Call to function \"try\" failed: at least one argument is required."),
    (
      "cidrnetmask(\"\\u0000\")",
      "Call to function \"cidrnetmask\" failed: invalid CIDR expression: invalid CIDR address: \u{0}."
    ),
    (
      "[][10]", "The given key does not identify an element in this collection value."
    ),
    ("can([1, 2]...)", "Function \"can\" expects only 1 argument(s)."),
    (
      "templatestring(upper(), {})",
      "Invalid value for \"template\" parameter: invalid template expression: must be a direct reference to a single string from elsewhere, containing valid Terraform template syntax."
    ),
    ("5 % (1/0)", "Error during operation: can't use modulo with zero and infinity."),
    ("jsondecode(\"[\")", "Call to function \"jsondecode\" failed: EOF."),
    ("jsondecode(\"{a:1}\")", "Call to function \"jsondecode\" failed: invalid character 'a'."),
    (
      "yamldecode(\"x: 1\\na: b: c\")",
      "Call to function \"yamldecode\" failed: on line 2, column 1: mapping values are not allowed in this context."
    ),
    (
      "yamldecode(\"<<: 1\")",
      "Call to function \"yamldecode\" failed: cannot merge number into mapping."
    ),
    (
      "formatdate(\"D\", \"2020-01-01T24:00:00Z\")",
      "Invalid value for \"time\" parameter: not a valid RFC3339 timestamp: hour must be between 0 and 23 inclusive."
    ),
    (
      "formatdate(\"D\", \"2020-13-01T00:00:00Z\")",
      "Invalid value for \"time\" parameter: not a valid RFC3339 timestamp: cannot use \"-01T00:00:00Z\" as month."
    ),
    (
      "cidrhost(\"10.0.0.0/30\", -5)",
      "Call to function \"cidrhost\" failed: prefix of 30 does not accommodate a host numbered -1."
    ),
    (
      "file(sensitive(\"nope\"))",
      "Invalid value for \"path\" parameter: no file exists at (sensitive value); this function works only with files that are distributed as part of the configuration source code, so if this file will be created by a resource in this configuration you must instead obtain this result from an attribute of that resource."
    ),
    (
      "templatestring(upper(\"a\"), {})",
      "Invalid value for \"template\" parameter: invalid template expression: must be a direct reference to a single string from elsewhere, containing valid Terraform template syntax."
    ),
    (
      "zipmap([null], [\"x\"])",
      "Call to function \"zipmap\" failed: keys list has null value at index 0."
    ),
    (
      "uuidv5(\"x\", \"y\")",
      "Call to function \"uuidv5\" failed: uuidv5() doesn't support namespace x (invalid UUID length: 1)."
    ),
    (
      "rsadecrypt(\"x\", \"y\")",
      "Invalid value for \"ciphertext\" parameter: failed to decode input \"x\": cipher text must be base64-encoded."
    ),
    (
      "rsadecrypt(\"aGk=\", \"y\")",
      "Invalid value for \"privatekey\" parameter: invalid private key: ssh: no key found."
    ),
  ])
  func complaints(expression: String, detail: String) {
    #expect(Self.session().evaluate(expression).problems.first?.detail == detail)
  }

  /// A check with unknown inputs comes first, as it does before a plan.
  @Test func typesAreCheckedBeforeValues() {
    var session = Self.session()
    _ = session.define("none", type: "string", value: .null())
    #expect(session.evaluate("var.none.x").problems.first?.summary == "Unsupported attribute")
  }

  @Test(arguments: [
    "replace(format(\"%60000s\", \"\"), \" \", format(\"%60000s\", \"\"))",
    "setproduct(range(1000), range(1000), range(1000))", "indent(99999999, \"a\\nb\")",
    "range(2000)",
    "fileset(\".\", \"{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}\")",
  ])
  func repetitionIsBounded(expression: String) {
    let answer = Self.session().evaluate(expression)
    #expect(answer.problems.hasErrors)
  }

  /// What `openssl` encrypted for a key of 512 bits that protects nothing.
  @Test(arguments: ["pkcs1.pem", "pkcs8.pem"])
  func secretsAreDecrypted(key: String) throws {
    let files = MemoryFileSystem(["./key": try Repository.text("Fixtures/InfraPlan/rsa/" + key)])
    let session = ExpressionSession(functions: FunctionTable(files: files))
    let secret = try Repository.text("Fixtures/InfraPlan/rsa/secret.b64")
    let answer = session.evaluate("rsadecrypt(\"\(secret)\", file(\"key\"))")
    #expect(answer.value.json.stringValue == "hello, staging")
    let other = "A" + secret.dropFirst()
    #expect(session.evaluate("rsadecrypt(\"\(other)\", file(\"key\"))").problems.hasErrors)
  }
}
