namespace PhysOpt.PowerShell.Tests.Module.Tracing;

/// <summary>
/// A traced block is the block: its values are those of the block called by itself, its derivatives those of differences, in every branch.
/// </summary>
public sealed class TraceEquivalenceTests : IClassFixture<ModuleEngine>
{
    readonly ModuleEngine module;

    public TraceEquivalenceTests(ModuleEngine module)
    {
        this.module = module;
        module.Output("function Write-Host { }");
        module.Output(TracedStyles.Surroundings);
    }

    public static TheoryData<string> Loops => [.. TracedStyles.Loops];

    public static TheoryData<string> Lists => [.. TracedStyles.Lists];

    public static TheoryData<string> Parameters => [.. TracedStyles.Parameters];

    public static TheoryData<string> Conditions => [.. TracedStyles.Conditions];

    public static TheoryData<string> Calls => [.. TracedStyles.Calls];

    [Theory]
    [MemberData(nameof(Loops))]
    [MemberData(nameof(Lists))]
    [MemberData(nameof(Parameters))]
    [MemberData(nameof(Conditions))]
    [MemberData(nameof(Calls))]
    public void A_traced_block_has_the_values_of_the_block(string block)
    {
        foreach (var points in (string[])[TracedStyles.Points, TracedStyles.Special])
        {
            var rows = module.Texts($$"""
                $block = {{block}}; $points = {{points}}
                $problem = New-OptimizationProblem -Physics $block -InitialGuess $points[0]
                foreach ($point in $points) {
                    $traced = (Invoke-GradientDescent $problem -InitialGuess $point -Iterations 0 -Derivative Traced -WarningAction Ignore).Y
                    $plain = (Invoke-GradientDescent $problem -InitialGuess $point -Iterations 0 -Derivative FiniteDifference -WarningAction Ignore).Y
                    for ($i = 0; $i -lt $plain.Count; $i++) { [PhysOpt.PowerShell.Tests.Module.Tracing.Closeness]::Values($traced[$i], $plain[$i], "$block at $point") }
                    if ($traced.Count -ne $plain.Count) { "$($traced.Count) numbers instead of $($plain.Count)" }
                }
                """);
            Assert.Empty(rows);
        }
    }

    [Theory]
    [MemberData(nameof(Loops))]
    [MemberData(nameof(Lists))]
    [MemberData(nameof(Parameters))]
    [MemberData(nameof(Conditions))]
    [MemberData(nameof(Calls))]
    public void A_traced_block_has_the_slopes_of_differences_of_the_block(string block) => Assert.Empty(module.Texts($$"""
        $block = {{block}}; $points = {{TracedStyles.Points}}
        $exact = @($points | Get-Jacobian $block -Derivative Traced)
        $differences = @($points | Get-Jacobian $block -Derivative FiniteDifference)
        for ($p = 0; $p -lt $points.Count; $p++) {
            for ($i = 0; $i -lt $exact[$p].RowCount; $i++) {
                for ($j = 0; $j -lt 2; $j++) { [PhysOpt.PowerShell.Tests.Module.Tracing.Closeness]::Slopes($exact[$p][$i, $j], $differences[$p][$i, $j], "$block at $($points[$p])") }
            }
        }
        """));

    [Theory]
    [InlineData("{ param($x) $x[0]*$x[0]*$x[1] - 1/(2 + $x[0]*$x[0]) }")]
    [InlineData("{ param($x) if (0.5 -gt $x[0]) { $x[0]*$x[1]*2 } else { $x[1]*$x[1]*3 } }")]
    [InlineData("{ param($x) Invoke-Twice { param($t) [Math]::Sin($t) + $x[1] } $x[0] }")]
    [InlineData("{ param($x) switch (1) { { $x[0] -gt 0.5 } { $x[1]*$x[0]; break } default { $x[1]*$x[1] } } }")]
    [InlineData("{ param($x) $v = $x[0] + 2.0; while ($v -gt 1.0) { $v = $v*$v/4 }; $v*$x[1] }")]
    public void A_traced_block_has_the_curvature_of_differences_of_the_block(string block) => Assert.Empty(module.Texts($$"""
        $block = {{block}}; $points = {{TracedStyles.Points}}
        $exact = @($points | Get-Hessian $block -Derivative Traced)
        $differences = @($points | Get-Hessian $block -Derivative FiniteDifference)
        for ($p = 0; $p -lt $points.Count; $p++) {
            foreach ($i in 0, 1) { foreach ($j in 0, 1) { [PhysOpt.PowerShell.Tests.Module.Tracing.Closeness]::Curvatures($exact[$p][$i, $j], $differences[$p][$i, $j], "$block at $($points[$p])") } }
        }
        """));

    [Fact]
    public void A_block_may_be_a_function_itself() => Assert.Equal(
        ["True 6"],
        module.Texts("function Get-First { param($x) if ($x) { $x[0]*$x[0] } }; $f = ${function:Get-First}; \"$((Get-FunctionTrace $f " +
            "3).IsTraced) $(Get-Gradient $f 3)\""));

    [Fact]
    public void Short_names_of_types_are_those_of_the_users_file()
    {
        var file = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.ps1");
        File.WriteAllText(file, "using namespace System.Collections.Generic\n{ param($x) $l = [List[object]]::new(); " +
            "$l.Add($x[0]*$x[0]); $l }");
        try
        {
            Assert.Equal(["True 6"], module.Texts($"$f = & '{file}'; \"$((Get-FunctionTrace $f 3).IsTraced) $(Get-Gradient $f 3)\""));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void What_a_block_says_to_people_is_not_said_while_it_is_recorded()
    {
        var said = module.Texts(
            "$said = [System.Collections.ArrayList]::new(); function Write-Host($t) { $null = $said.Add($t) }; $null = Get-Gradient " +
            "{ param($x) Write-Host \"at $($x[0])\"; $x[0]*2 } 3; $said; function Write-Host { }");
        Assert.NotEmpty(said);
        Assert.DoesNotContain(said, line => line.Contains("traced", StringComparison.Ordinal));
    }
}

/// <summary>What rounding allows; silent where it does.</summary>
public static class Closeness
{
    /// <summary>Values are the same but for long sums and powers.</summary>
    public static string[] Values(double traced, double plain, string where) => Differ(traced, plain, 1e-13, where);

    /// <summary>Central differences are right to about 1e-9 of what they subtract.</summary>
    public static string[] Slopes(double exact, double difference, string where) => Differ(exact, difference, 1e-6, where);

    /// <summary>Second differences are right to about 1e-5.</summary>
    public static string[] Curvatures(double exact, double difference, string where) => Differ(exact, difference, 1e-3, where);

    static string[] Differ(double a, double b, double tolerance, string where) =>
        a.Equals(b) || double.Abs(a - b) <= tolerance * (1 + double.Abs(b)) ? []
            : [FormattableString.Invariant($"{a:R} is not {b:R}: {where}")];
}
