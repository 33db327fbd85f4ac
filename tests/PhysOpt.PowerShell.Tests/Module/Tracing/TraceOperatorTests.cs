using CsCheck;

namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>Every operator and function of two operands, of any types: a record gives what the block gives, or there is none.</summary>
/// <param name="module">An engine with the module.</param>
/// <param name="output">Where the refusals are written.</param>
public sealed class TraceOperatorTests(ModuleEngine module, ITestOutputHelper output) : IClassFixture<ModuleEngine>
{
    static readonly double[][] Points = [[1.3, 0.7], [2.5, -2], [-0.4, 3], [0, 0], [-0.0, 1], [2, 2], [1.3, 0.7]];

    /// <summary>One of so many pairs is tried; all where CsCheck_Iter in the environment asks for more.</summary>
    static readonly int Every = Check.Iter > 100 ? 1 : 5;

    static readonly string[] Traced =
    [
        "$x[0]", "[int]$x[0]", "[long]$x[0]", "[single]$x[0]", "[decimal]$x[0]", "[bool]$x[0]", "[Math]::Sign($x[0])",
        "[Math]::Floor($x[0])", "($x[0] -gt 0.6)", "@(1, $x[0])", "@($x[0])", "$x",
    ];

    static readonly string[] Plain =
    [
        "2", "2.5", "0", "-0.0", "2L", "2.5d", "'2'", "'2.5'", "'a'", "''", "$null", "$true", "$false", "@()", "@(2)", "[double]::NaN",
        "[double]::PositiveInfinity", "[byte]3", "[char]'2'", "[uint32]3", "[int]::MaxValue", "[single]0.1", "[bigint]3", "1e308", "@{}",
    ];

    public static TheoryData<string> Operations =>
    [
        "({a}) + ({b})", "({a}) - ({b})", "({a}) * ({b})", "({a}) / ({b})", "({a}) % ({b})", "[int](({a}) -eq ({b}))",
        "[int](({a}) -ne ({b}))", "[int](({a}) -lt ({b}))", "[int](({a}) -ge ({b}))", "[int](({a}) -and ({b}))",
        "[int](({a}) -xor ({b}))", "({a}) -band ({b})", "({a}) -shl ({b})", "[int](({a}) -contains ({b}))", "[int](({a}) -in ({b}))",
        "({a}) ?? ({b})", "({a}) ? ({b}) : 7", "@(({a}) -gt ({b})).Count", "@(({a}) + ({b})).Count", "[Math]::Max(({a}), ({b}))",
        "[Math]::Pow(({a}), ({b}))", "[Math]::Atan2(({a}), ({b}))", "[Math]::Round(({a}), ({b}))", "[double]::Max(({a}), ({b}))",
        "[Math]::Clamp(({a}), 0, ({b}))", "$t = {a}; $t += {b}; $t", "$t = {a}; $t -= {b}; $t", "[double]$t = {a}; $t = {b}; $t",
        "[int]$t = {a}; $t *= {b}; $t", "({a})..({b})", "({a}, ({b}))[1]", "switch ({a}) { ({b}) { 1 } default { 2 } }",
        "if ({a}) { {b} } else { 3 }", "function F([double]$a, $b) { $a; $b }; F ({a}) ({b})",
        "function F([int]$a, [double[]]$b) { $a + $b.Count }; F ({a}) ({b})", "$h = @{}; $h[{b}] = {a}; $h.Count", "@({a})[{b}]",
        "[int](({a}) -is [double]) + ({b})", "({a}) -as [int]; {b}", "- ({a}) + ({b})", "! ({a}); {b}", "[string]({a}) + 1; {b}",
        "\"$({a})\" -eq \"$({b})\"; 1",
    ];

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_record_gives_what_its_block_gives_or_there_is_none(string operation)
    {
        List<string> wrong = [];
        string[] operands = [.. Traced, .. Plain];
        string[] others = [.. Traced.Select(each => each.Replace("$x[0]", "$x[1]", StringComparison.Ordinal)), .. Plain];
        for (var i = 0; i < operands.Length; i++)
        {
            for (var j = 0; j < others.Length; j++)
            {
                if ((i >= Traced.Length && j >= Traced.Length) || (i + j + operation.Length) % Every != 0) continue;
                var expression = operation.Replace("{a}", operands[i], StringComparison.Ordinal)
                    .Replace("{b}", others[j], StringComparison.Ordinal);
                module.WithBlock($"{{ param($x) {expression} }}", block =>
                {
                    if (block.Difference(Points, refusal => output.WriteLine($"{expression}: {refusal}"), 1e-14) is { } difference)
                        wrong.Add($"{expression}: {difference}");
                });
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count}\n{string.Join('\n', wrong.Take(40))}");
    }
}
