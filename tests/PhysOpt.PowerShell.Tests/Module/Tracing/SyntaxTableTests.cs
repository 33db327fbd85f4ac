using System.Management.Automation.Language;
using System.Reflection;

namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>Every kind of node that PowerShell's syntax has is in the table of the interpreter, and the table has no others.</summary>
/// <param name="module">An engine with the module.</param>
public sealed class SyntaxTableTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    /// <summary>Kinds of node that no other derives from, and those that are made as they are.</summary>
    public static TheoryData<string> Nodes => [.. typeof(Ast).Assembly.GetTypes()
        .Where(type => type.IsPublic && type.IsAssignableTo(typeof(Ast)) && !type.IsAbstract).Select(type =>
            type.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Nodes))]
    public void Each_kind_of_node_is_evaluated_a_part_or_refused(string node) =>
        Assert.Contains(Meaning(node), (string[])["evaluated", "part", "refused"]);

    [Fact]
    public void The_table_knows_no_other_kinds()
    {
        string[] known = [.. Tables().SelectMany(each => each)];
        var real = typeof(Ast).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(Ast))).Select(type =>
            type.Name).ToHashSet(StringComparer.Ordinal);
        Assert.NotEmpty(known);
        Assert.DoesNotContain(known, name => !real.Contains(name));
        Assert.Equal(known.Length, known.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_kind_of_node_that_is_not_in_the_table_has_no_meaning() => Assert.Null(Meaning("SomethingNewAst"));

    [Fact]
    public void Every_operator_of_the_language_is_known_or_refused_by_name()
    {
        Assert.NotNull(module);
        foreach (var token in Enum.GetValues<TokenKind>().Where(token => token.GetTraits().HasFlag(TokenFlags.BinaryOperator)))
        {
            var name = (string)Syntax.GetMethod("OperatorName", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [token])!;
            Assert.True(Operators.Contains(name), $"{token} is {name}");
        }
    }

    static readonly HashSet<string> Operators =
    [
        "plus", "minus", "multiply", "divide", "rem", "and", "or", "xor", "eq", "ne", "lt", "le", "gt", "ge", "ceq", "cne", "clt", "cle",
            "cgt", "cge",
        "in", "notin", "contains", "notcontains", "cin", "cnotin", "ccontains", "cnotcontains", "is", "isnot", "as", "dotdot", "format",
        "questionquestion", "band", "bor", "bxor", "shl", "shr", "join", "split", "csplit", "match", "cmatch", "notmatch", "cnotmatch",
            "like",
        "clike", "notlike", "cnotlike", "replace", "creplace",
    ];

    static Type Syntax => AppDomain.CurrentDomain.GetAssemblies().Single(each => each.GetName().Name == "PhysOpt.PowerShell")
        .GetType("PhysOpt.PowerShell.ScriptBlocks.Interpreting.Syntax", throwOnError: true)!;

    string? Meaning(string node)
    {
        Assert.NotNull(module);
        return (string?)Syntax.GetMethod("Meaning", BindingFlags.Static | BindingFlags.NonPublic)!.Invoke(null, [node]);
    }

    static IEnumerable<IEnumerable<string>> Tables() => new[] { "Expressions", "Kinds", "Parts", "Refused" }.Select(name =>
        Syntax.GetField(name, BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null) switch
        {
            System.Collections.IDictionary table => table.Keys.Cast<string>(),
            var set => (IEnumerable<string>)set!,
        });
}
