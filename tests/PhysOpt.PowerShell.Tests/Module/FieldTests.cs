namespace PhysOpt.PowerShell.Tests.Module;

/// <summary>What PowerShell makes of [PhysOpt.Field]: how one is made, its operators, and where it is refused.</summary>
public sealed class FieldTests(ModuleEngine module) : IClassFixture<ModuleEngine>
{
    const string Setup = """
        $t = $x[0]; $u = [PhysOpt.Field]::new(1.0, 2.0); $w = [PhysOpt.Field]::new($x); $vector = [PhysOpt.Vector] (1, 2)
        $numbers = 1, 2; $doubles = [double[]] (1, 2); $mixed = $t, 2; $piped = @(1, 2 | ForEach-Object { 2 * $_ }); $pipedTraced = @($x | ForEach-Object { 2 * $_ })

        """;

    public static TheoryData<string, string> Sources => new()
    {
        { "$numbers", "1 2" },
        { "$doubles", "1 2" },
        { "$vector", "1 2" },
        { "$u", "1 2" },
        { "$piped", "2 4" },
        { "(1, 2.5, 3d, 4L, [bigint] 5)", "1 2.5 3 4 5" },
        { "([System.Collections.Generic.List[double]] (1, 2))", "1 2" },
        { "(1..3)", "1 2 3" },
        { "@(7)", "7" },
        { "7", "7" },
        { "7.5", "7.5" },
        { "7L", "7" },
        { "$x", "traced(x0) traced(x1)" },
        { "$mixed", "traced(x0) 2" },
        { "$pipedTraced", "traced(2*x0) traced(2*x1)" },
        { "$t", "traced(x0)" },
        { "$w", "traced(x0) traced(x1)" },
    };

    [Theory]
    [MemberData(nameof(Sources))]
    public void A_field_is_made_by_a_cast_a_constructor_or_a_parameter(string source, string values)
    {
        Assert.Equal(values, Text($"[PhysOpt.Field]{source}"));
        Assert.Equal(values, Text($"[PhysOpt.Field]::new({source})"));
        Assert.Equal(values, Text($"& {{ param([PhysOpt.Field]$field) $field }} {source}"));
    }

    [Theory]
    [InlineData("[PhysOpt.Field]::new(1, 2)", "1 2")]
    [InlineData("[PhysOpt.Field]::new($t, 2)", "traced(x0) 2")]
    [InlineData("[PhysOpt.Field]::new(1, $t)", "1 traced(x0)")]
    [InlineData("2 * $u", "2 4")]
    [InlineData("$u * 2", "2 4")]
    [InlineData("2L * $u", "2 4")]
    [InlineData("$u * 2L", "2 4")]
    [InlineData("[float] 2 * $u", "2 4")]
    [InlineData("2.5 * $u", "2.5 5")]
    [InlineData("$u * 2d", "2 4")]
    [InlineData("$u + [bigint] 2", "3 4")]
    [InlineData("$u * $u", "1 4")]
    [InlineData("1 - $u", "0 -1")]
    [InlineData("-$u", "-1 -2")]
    [InlineData("-(0 * $u)", "-0 -0")]
    [InlineData("$u % 2", "1 0")]
    [InlineData("3 / $u", "3 1.5")]
    [InlineData("$u + $numbers", "2 4")]
    [InlineData("$u - [PhysOpt.Field]$vector", "0 0")]
    [InlineData("$u / $doubles", "1 1")]
    [InlineData("$u + $x", "traced(1 + x0) traced(2 + x1)")]
    [InlineData("2 * $w", "traced(2*x0) traced(2*x1)")]
    [InlineData("$w * 2", "traced(2*x0) traced(2*x1)")]
    [InlineData("$w * 2d", "traced(2*x0) traced(2*x1)")]
    [InlineData("$w * $u", "traced(x0) traced(2*x1)")]
    [InlineData("$u * $w", "traced(x0) traced(2*x1)")]
    [InlineData("1 - $w", "traced(1 - x0) traced(1 - x1)")]
    [InlineData("-$w", "traced(-x0) traced(-x1)")]
    [InlineData("$u / $x[0]", "traced(1/x0) traced(2/x0)")]
    [InlineData("$x[0] * $u", "traced(x0) traced(2*x0)")]
    [InlineData("$t - $w", "traced(x0 - x0) traced(x0 - x1)")]
    [InlineData("$w / $t", "traced(x0/x0) traced(x1/x0)")]
    [InlineData("$u += 1; $u", "2 3")]
    public void An_operator_works_on_every_value(string script, string values) => Assert.Equal(values, Text(script));

    [Theory]
    [InlineData("$u[0]", "Double 1")]
    [InlineData("$u[-1]", "Double 2")]
    [InlineData("$w[-1]", "TracedNumber traced(x1)")]
    [InlineData("$u.Count", "Int32 2")]
    [InlineData("$u.Length", "Int32 2")]
    [InlineData("$u.Sum()", "Double 3")]
    [InlineData("$u.Mean()", "Double 1.5")]
    [InlineData("([PhysOpt.Field](3, 4)).Norm()", "Double 5")]
    [InlineData("$u.Dot($numbers)", "Double 5")]
    [InlineData("$u.Dot($u)", "Double 5")]
    [InlineData("$u.Dot($vector)", "Double 5")]
    [InlineData("$u.Dot($piped)", "Double 10")]
    [InlineData("$u.Dot($x)", "TracedNumber traced(x0 + 2*x1)")]
    [InlineData("$w.Dot($numbers)", "TracedNumber traced(x0 + 2*x1)")]
    [InlineData("$w.Sum()", "TracedNumber traced(x0 + x1)")]
    [InlineData("$w.Norm()", "TracedNumber traced(Sqrt(x0*x0 + x1*x1))")]
    [InlineData("$u.Roll(1)", "Field 2 1")]
    [InlineData("$u.Slice(-1, 1)", "Field 2")]
    [InlineData("$u.ToArray().GetType()", "RuntimeType System.Double[]")]
    [InlineData("$w.ToArray().GetType()", "RuntimeType System.Object[]")]
    [InlineData("\"$(0.5 * $u)\"", "String 0.5 1")]
    [InlineData("$u -eq $u", "Boolean True")]
    [InlineData("$u -eq [PhysOpt.Field](1, 2)", "Boolean False")]
    public void A_member_gives(string script, string result)
    {
        var value = Single(script);
        Assert.Equal(result, FormattableString.Invariant($"{value.GetType().Name} {value}"));
    }

    [Theory]
    [InlineData("$u + [PhysOpt.Field](1, 2, 3)", "2 and 3 values")]
    [InlineData("$u.Dot((1, 2, 3))", "2 and 3 values")]
    [InlineData("[PhysOpt.Field]@()", "at least one number")]
    [InlineData("[PhysOpt.Field]::new(@())", "at least one number")]
    [InlineData("[PhysOpt.Field](1, 'a')", "number 1 of 2 is 'a' (String)")]
    [InlineData("[PhysOpt.Field](1, $null)", "number 1 of 2 is nothing")]
    [InlineData("[PhysOpt.Field](1, (2, 3))", "number 1 of 2")]
    [InlineData("[PhysOpt.Field]'5'", "String")]
    [InlineData("$u -lt 1", "cannot be compared")]
    [InlineData("$u -gt $w", "cannot be compared")]
    [InlineData("1 -lt $u", "PhysOpt.Field")]
    [InlineData("$u * $null", "op_Multiply")]
    [InlineData("$u.Slice(1, 2)", "1 to 1 values to take, not 2")]
    public void What_has_no_meaning_is_refused(string script, string fragment) =>
        Assert.Contains(fragment, Assert.Single(Run(script).Errors).Exception.Message, StringComparison.Ordinal);

    [Fact]
    public void A_block_may_return_a_field()
    {
        var script = "(New-OptimizationProblem -Physics { param($x) $u = [PhysOpt.Field]$x; $u.Roll(1) - 2 * $u } -InitialGuess 1, 2, 3 " +
            "| Invoke-GradientDescent -MaxIterations 0).Y";
        Assert.Equal(["1", "-3", "-4"], module.Texts(script));
        Assert.Equal("2 4", Text("([PhysOpt.Vector](2 * $u)).ToString()"));
    }

    [Fact]
    public void A_pipeline_and_a_loop_take_a_field_as_one_thing()
    {
        Assert.Equal("1", Text("@($u | ForEach-Object { $_ }).Count"));
        Assert.Equal("1", Text("$n = 0; foreach ($v in $u) { $n++ }; $n"));
        Assert.Equal("2", Text("@($u.ToArray() | ForEach-Object { $_ }).Count"));
    }

    EngineResult Run(string script) => module.Run(Setup + script, ("x", Tracers.At(0.5, 3)));

    object Single(string script)
    {
        var result = Run(script);
        Assert.True(result.Errors.Count == 0, string.Join(Environment.NewLine, result.Errors));
        return Assert.Single(result.Output).BaseObject;
    }

    string Text(string script) => FormattableString.Invariant($"{Single(script)}");
}
